import { z } from "../schema";
import { countSchema, unixMillisecondsSchema } from "../identity";
import { governanceFindingSchema, reactionSchema } from "./governance";
import { tosRunViewSchema } from "./progress";
import { repositoryViewSchema } from "./repository";
import { governanceClassSchema, governanceRuleIdSchema, tosOperationSchema } from "./vocabulary";

/** Text of a file that could not be used, in words that name the file, the field and what was expected; empty when it could. */
const problemSchema = z.string();

/** `phase_state.json` (spec/tos/orchestrator.md §11). */
export const phaseStateViewSchema = z.object({
  path: z.string(),
  modifiedUnixMs: unixMillisecondsSchema,
  problem: problemSchema,
  currentPhase: z.string(),
  previousPhase: z.string().nullable(),
  currentStep: z.number().nullable(),
  lastDone: z.boolean(),
  lastDoneReason: z.string().nullable(),
  nextInstructionId: z.string().nullable(),
  jobIndex: z.number().nullable(),
});
export type PhaseStateView = z.infer<typeof phaseStateViewSchema>;

/** One step log, as a row. */
export const stepRowSchema = z.object({
  file: z.string(),
  step: z.number().nullable(),
  phase: z.string(),
  done: z.boolean(),
  stopped: z.boolean(),
  /** What it says of itself: its error, its message or its reason. */
  reason: z.string(),
  timestamp: z.string(),
  modifiedUnixMs: unixMillisecondsSchema,
  commands: countSchema,
  denied: countSchema,
  failed: countSchema,
  problem: problemSchema,
});
export type StepRow = z.infer<typeof stepRowSchema>;

/** `phase_summary.json` (spec/tos/orchestrator.md §13), what a window shows of it. */
export const phaseSummaryViewSchema = z.object({
  path: z.string(),
  modifiedUnixMs: unixMillisecondsSchema,
  problem: problemSchema,
  endReason: z.string(),
  totalSteps: countSchema,
  successCount: countSchema,
  deniedCount: countSchema,
  fatalErrorCount: countSchema,
  stoppedCount: countSchema,
  skippedCount: countSchema,
  finalDone: z.boolean(),
  stopOnDeny: z.boolean(),
});
export type PhaseSummaryView = z.infer<typeof phaseSummaryViewSchema>;

export const jobLoopViewSchema = z.object({
  enabled: z.boolean(),
  jobName: z.string(),
  /** Index the next run works on; null before the first. */
  jobIndex: z.number().nullable(),
  maxJobs: z.number(),
  complete: z.boolean(),
  input: z.object({ path: z.string(), present: z.boolean(), bytes: countSchema, problem: problemSchema }),
  result: z.object({
    path: z.string(),
    present: z.boolean(),
    modifiedUnixMs: unixMillisecondsSchema.nullable(),
  }),
});
export type JobLoopView = z.infer<typeof jobLoopViewSchema>;

/** `logs/last_run_summary.json` and `.txt` (spec/tos/launcher.md §5). */
export const lastRunSummaryViewSchema = z.object({
  path: z.string(),
  modifiedUnixMs: unixMillisecondsSchema,
  problem: problemSchema,
  /** Keys and values of the JSON file, in its order, values as text. */
  fields: z.array(z.object({ key: z.string(), value: z.string() })),
  text: z.string(),
});
export type LastRunSummaryView = z.infer<typeof lastRunSummaryViewSchema>;

/** A rule that stands in the way of an operation, or must be known of. */
export const ruleNoticeSchema = z.object({
  rule: governanceRuleIdSchema,
  class: governanceClassSchema,
  text: z.string(),
  source: z.string(),
  /** False where no acknowledgement helps: the thing is impossible, not only forbidden. */
  overridable: z.boolean(),
});
export type RuleNotice = z.infer<typeof ruleNoticeSchema>;

/** A button: whether it may be pressed, what must be acknowledged, and exactly what it will do. */
export const tosActionViewSchema = z.object({
  operation: tosOperationSchema,
  /** Why it cannot be done now whatever is acknowledged, one line each; empty when it can. */
  obstacles: z.array(z.string()),
  /** Rules to be acknowledged by name before it is done. */
  rules: z.array(ruleNoticeSchema),
  /** What it does, one line each. */
  effects: z.array(z.string()),
});
export type TosActionView = z.infer<typeof tosActionViewSchema>;

export const tosKeyViewSchema = z.object({
  name: z.string(),
  source: z.enum(["environment", "keyring", "missing", "not-needed"]),
});

/** Everything the TOS view shows but what it asks for. Derived from the project's files, git and the progress of its runs. */
export const tosViewSchema = z.object({
  root: z.string(),
  readUnixMs: unixMillisecondsSchema,
  provider: z.enum(["api", "scripted"]),
  /** What is wrong with `.gatehouse/tos.json` or its replies. */
  settingsProblem: problemSchema,
  keys: z.array(tosKeyViewSchema),
  config: z.object({
    path: z.string(),
    digest: z.string(),
    modifiedUnixMs: unixMillisecondsSchema.nullable(),
    problems: z.array(z.string()),
    maxSteps: z.number().nullable(),
    stopOnDeny: z.boolean().nullable(),
    experimental: z.boolean(),
  }),
  phase: phaseStateViewSchema.nullable(),
  /** In order of their file names. */
  steps: z.array(stepRowSchema),
  summary: phaseSummaryViewSchema.nullable(),
  jobLoop: jobLoopViewSchema,
  lastRun: lastRunSummaryViewSchema.nullable(),
  repository: repositoryViewSchema,
  reactions: z.array(reactionSchema),
  rules: z.array(governanceFindingSchema),
  actions: z.array(tosActionViewSchema),
  /** The run under way. */
  run: tosRunViewSchema.nullable(),
  /** Runs that ended, newest first; at most 20. */
  runs: z.array(tosRunViewSchema),
});
export type TosView = z.infer<typeof tosViewSchema>;

/** `view` is null when the workspace has no TOS project; `problem` then says what was looked for and where. */
export const tosStateSchema = z.object({ view: tosViewSchema.nullable(), problem: z.string() });
export type TosState = z.infer<typeof tosStateSchema>;

const loggedCommandSchema = z.object({
  type: z.string(),
  code: z.string(),
  allowed: z.boolean(),
  reason: z.string(),
  matched: z.string().nullable(),
  executed: z.boolean(),
  timeout: z.boolean(),
  returnCode: z.number().nullable(),
  stdout: z.string(),
  stderr: z.string(),
  error: z.string(),
});

/** One step in full, read from its log. */
export const stepDetailSchema = z.object({
  row: stepRowSchema,
  path: z.string(),
  /** The file as it is (first 1 MiB). */
  text: z.string(),
  prompts: z.array(
    z.object({
      role: z.string(),
      template: z.string(),
      text: z.string(),
      length: countSchema,
      extracted: z.string().nullable(),
    }),
  ),
  /** Parsed reply as indented JSON, and the raw text as far as it was logged; null where the log holds none. */
  replies: z.array(
    z.object({
      role: z.string(),
      value: z.string().nullable(),
      raw: z.string().nullable(),
      model: z.string().nullable(),
    }),
  ),
  commands: z.array(loggedCommandSchema),
});
export type StepDetail = z.infer<typeof stepDetailSchema>;
