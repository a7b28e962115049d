import { z } from "../schema";

/** Modes of the launcher (seed 004, cc_run.ps1; spec/tos/launcher.md §1). There are no others (governance G25). */
export const tosModes = ["run", "test", "cleanrun", "checkpoint", "rollback"] as const;
export const tosModeSchema = z.enum(tosModes);
export type TosMode = z.infer<typeof tosModeSchema>;

/** What one process of ours does with a project: a mode, or one of the console's own operations around a rollback. */
export const tosOperations = [...tosModes, "undo", "finish", "stash", "discard"] as const;
export const tosOperationSchema = z.enum(tosOperations);
export type TosOperation = z.infer<typeof tosOperationSchema>;

/** Phases a run writes (spec/tos/orchestrator.md §11). A file may hold another word: that is shown as `unexpected`. */
export const runPhases = [
  "execute",
  "deny",
  "fatal_error",
  "done",
  "max_steps_reached",
  "job_loop_complete",
] as const;
export const runPhaseSchema = z.enum(runPhases);
export type RunPhase = z.infer<typeof runPhaseSchema>;

/** Roles of the models in a step, in their order (spec/tos/orchestrator.md §6). */
export const modelRoles = ["draft", "review", "final"] as const;
export const modelRoleSchema = z.enum(modelRoles);
export type ModelRole = z.infer<typeof modelRoleSchema>;

/** What a step is at. */
export const stepStages = [...modelRoles, "execute"] as const;
export const stepStageSchema = z.enum(stepStages);
export type StepStage = z.infer<typeof stepStageSchema>;

/** Rules of spec/tos/governance.md that a program can decide, by their number there. */
export const governanceRuleIds = [
  "G01",
  "G02",
  "G03",
  "G04",
  "G05",
  "G20",
  "G21",
  "G23",
  "G24",
  "G27",
  "G30",
  "G31",
  "G32",
  "G33",
  "G40",
  "G41",
  "G42",
  "G43",
  "G44",
  "G46",
] as const;
export const governanceRuleIdSchema = z.enum(governanceRuleIds);
export type GovernanceRuleId = z.infer<typeof governanceRuleIdSchema>;

/** `block`: refused unless overridden by name. `warn`: needs an acknowledgement. `show`: a person judges. */
export const governanceClasses = ["block", "warn", "show"] as const;
export const governanceClassSchema = z.enum(governanceClasses);
export type GovernanceClass = z.infer<typeof governanceClassSchema>;
