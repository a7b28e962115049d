import type { TosRunView } from "#contract/tos/progress";
import type { PhaseStateView, StepRow, TosView } from "#contract/tos/view";
import { runPhases } from "#contract/tos/vocabulary";

/**
 * How the orchestrator's project, a run of it or one step stands, for one glyph and one word. The phases are those of
 * `phase_state.json` (spec/tos/orchestrator.md §11); the others are of a run's process, or of a file.
 */
export const tosStandings = [
  "unreadable",
  "fatal_error",
  "unexpected",
  "failed",
  "stopped",
  "deny",
  "vanished",
  "cancelled",
  "max_steps_reached",
  "cancelling",
  "running",
  "execute",
  "job_loop_complete",
  "done",
  "succeeded",
  "never-run",
] as const;
export type TosStanding = (typeof tosStandings)[number];

/** The word beside the glyph. */
export const tosStandingWords: Readonly<Record<TosStanding, string>> = {
  unreadable: "Unreadable",
  fatal_error: "Fatal error",
  unexpected: "Unexpected",
  failed: "Failed",
  stopped: "Stopped",
  deny: "Denied",
  vanished: "Vanished",
  cancelled: "Cancelled",
  max_steps_reached: "Ended without goal",
  cancelling: "Cancelling",
  running: "Running",
  execute: "Step executed",
  job_loop_complete: "All jobs complete",
  done: "Done",
  succeeded: "Succeeded",
  "never-run": "Not run yet",
};

/** The word where room is scarce, where it is another. */
export const tosShortWords: Readonly<Partial<Record<TosStanding, string>>> = {
  max_steps_reached: "Ended, no goal",
  job_loop_complete: "All complete",
};

/** What a standing means for the person who looks at it; spec/tos/governance.md §6 where it names the state. */
export const tosGuidance: Readonly<Record<TosStanding, string>> = {
  unreadable: "The file cannot be used as it is. Look at it before anything is run.",
  fatal_error: "API or system: look at the keys, the network and the logs. Stop until the cause is known.",
  unexpected: "A phase no run writes. Stop, and find out who wrote it.",
  failed: "It ended with an error. Its output says which.",
  stopped: "Halted: look at the cause first.",
  deny: "Configuration or prompt: look at the deny lists. Recoverable, but not by running it again unchanged.",
  vanished: "Its process is gone and it never said that it ended. Its files are whole up to the last line.",
  cancelled: "An operator ended it. What had been done until then is in the logs.",
  max_steps_reached:
    "Every step was used and the goal was not met. No error, but nothing was achieved either.",
  cancelling: "It was asked to end; the command under way is being ended and logged.",
  running: "A run is under way.",
  execute: "The last step was executed. The next run goes on with the step after it.",
  job_loop_complete: "Every job of the loop is done. A person reviews job_result.json.",
  done: "The goal was reached. Continue.",
  succeeded: "It did what was asked.",
  "never-run": "There is no phase_state.json: nothing was run here since the last clean.",
};

/** What a step's log means, where that is something else than for the project as a whole. */
export const stepGuidance: Readonly<Partial<Record<TosStanding, string>>> = {
  execute: "The commands that the policy allowed were carried out.",
  done: "The goal was met when the step began: no model was asked.",
  max_steps_reached: "Written when the steps were used up and the goal was not met: no model was asked.",
  job_loop_complete: "Written when every job of the loop was done: no model was asked.",
  unexpected: "No step of a run writes this phase. Stop, and find out who wrote the log.",
};

/** Hue of a standing; each ending has one of its own. `busy` is the accent: something is under way. */
export type TosTone =
  | "healthy"
  | "complete"
  | "degraded"
  | "failing"
  | "denied"
  | "halted"
  | "cancelled"
  | "stale"
  | "busy"
  | "plain";

const tones: Readonly<Record<TosStanding, TosTone>> = {
  unreadable: "failing",
  fatal_error: "failing",
  unexpected: "failing",
  failed: "failing",
  stopped: "halted",
  deny: "denied",
  vanished: "stale",
  cancelled: "cancelled",
  max_steps_reached: "degraded",
  cancelling: "busy",
  running: "busy",
  execute: "plain",
  job_loop_complete: "complete",
  done: "healthy",
  succeeded: "healthy",
  "never-run": "stale",
};

/** Hue of a standing. */
export function tosTone(standing: TosStanding): TosTone {
  return tones[standing];
}

/** How `phase_state.json` stands; null (there is none) is `never-run`, a word no run writes is `unexpected`. */
export function phaseStanding(phase: Pick<PhaseStateView, "problem" | "currentPhase"> | null): TosStanding {
  if (phase === null) return "never-run";
  if (phase.problem !== "") return "unreadable";
  return runPhases.find((known) => known === phase.currentPhase) ?? "unexpected";
}

/** How a step's log stands by its phase; that it stopped the run is said beside it. */
export function stepStanding(row: Pick<StepRow, "problem" | "phase">): TosStanding {
  return phaseStanding({ problem: row.problem, currentPhase: row.phase });
}

const orchestrates: readonly TosRunView["operation"][] = ["run", "test", "cleanrun"];

/** True for the operations that run the orchestrator themselves. */
export function runsOrchestrator(operation: TosRunView["operation"]): boolean {
  return orchestrates.includes(operation);
}

/** Ways a run ends well; with another exit code than 0 something after it has failed, for example the test's checks. */
const goodEndings: readonly TosStanding[] = ["done", "job_loop_complete", "max_steps_reached"];

/** How a run stands: its process while it runs, then its end reason (spec/tos/orchestrator.md §14) and exit code. */
export function runStanding(
  run: Pick<TosRunView, "operation" | "state" | "exitCode" | "endReason">,
): TosStanding {
  if (run.state !== "ended") return run.state;
  if (/^cancelled\b/.test(run.endReason)) return "cancelled";
  const phase = runsOrchestrator(run.operation)
    ? runPhases.find((known) => new RegExp(`^${known}\\b`).test(run.endReason))
    : undefined;
  if (phase === undefined) return run.exitCode === 0 ? "succeeded" : "failed";
  return run.exitCode !== 0 && goodEndings.includes(phase) ? "failed" : phase;
}

/**
 * How the project stands as a whole: the run under way; else the newest run when it vanished or was cancelled and no
 * later phase was written; else its phase.
 */
export function projectStanding(view: Pick<TosView, "run" | "runs" | "phase">): TosStanding {
  if (view.run !== null) return runStanding(view.run);
  const [last] = view.runs;
  if (last !== undefined && runsOrchestrator(last.operation)) {
    const standing = runStanding(last);
    const ended = last.endedUnixMs ?? last.startedUnixMs;
    const isLater = view.phase === null || view.phase.modifiedUnixMs <= ended || last.endedUnixMs === null;
    if ((standing === "vanished" || standing === "cancelled") && isLater) return standing;
  }
  return phaseStanding(view.phase);
}

/** When what `projectStanding` says became so; null when nothing was ever run. */
export function projectStandingSince(view: Pick<TosView, "run" | "runs" | "phase">): number | null {
  if (view.run !== null) return view.run.startedUnixMs;
  const standing = projectStanding(view);
  const [last] = view.runs;
  if (last !== undefined && (standing === "vanished" || standing === "cancelled"))
    return last.endedUnixMs ?? last.startedUnixMs;
  return view.phase?.modifiedUnixMs ?? null;
}

/** Standings nobody needs to be told of in the window's title. */
const quiet: readonly TosStanding[] = ["execute", "done", "job_loop_complete", "succeeded", "never-run"];

/** The orchestrator in the window's title, for example `TOS denied · `; empty when there is nothing to tell. */
export function tosTitle(view: TosView | null): string {
  if (view === null) return "";
  const standing = projectStanding(view);
  if (quiet.includes(standing)) return "";
  const step = view.run?.step ?? null;
  const place = step === null ? "" : ` step ${step}`;
  return `TOS ${tosStandingWords[standing].toLowerCase()}${place} · `;
}
