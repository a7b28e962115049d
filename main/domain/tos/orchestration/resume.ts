import { isJsonObject, type Json, type JsonObject } from "../../json";
import { consoleLines } from "./console-lines";
import { unexpected } from "./fault";
import { isTruthy } from "./python-values";

const stateFile = "phase_state.json";

/** How a run begins (spec/tos/orchestrator.md §5, step 3). */
export interface Resumption {
  /** The state of the run before; null when there is none, or none that says anything. */
  readonly state: JsonObject | null;
  /** As it stands in the state, any JSON; `startStepOf` reads it. */
  readonly step: Json;
  /** What the console says of it. */
  readonly line: string;
}

/**
 * Where a run takes up. `state` is what `phase_state.json` holds, null when it is missing or unreadable. A state whose
 * run was done begins at step 1 again; whatever is empty counts as none. Throws `OrchestratorFault` for anything else
 * that is no object.
 */
export function resumeFrom(state: Json): Resumption {
  if (!isTruthy(state)) return { state: null, step: 1, line: consoleLines.startingNew() };
  if (!isJsonObject(state)) throw unexpected(stateFile, "", "an object", state);
  const step = state.get("current_step") ?? (state.has("current_step") ? null : 1);
  if (isTruthy(state.get("last_done") ?? null)) {
    return { state, step: 1, line: consoleLines.startingAnewAfter(step) };
  }
  return { state, step, line: consoleLines.resumingAt(step) };
}

/** The number of the first step; throws `OrchestratorFault` where it is none. Asked only once the run needs it. */
export function startStepOf({ step }: Resumption): number {
  if (typeof step === "number") return step;
  throw unexpected(stateFile, "current_step", "a whole number", step);
}
