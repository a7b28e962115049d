import { isJsonObject, type Json, type JsonObject } from "../../json";
import type { JobLoopConfig } from "./config";
import { unexpected } from "./fault";
import { printPythonCompact } from "./python-json";
import { exceeds, isPythonNumber, isTruthy, plusOne, type PythonNumber } from "./python-values";
import { codePointLength, cutAfter, cutForLog } from "./truncate";

/** The job a run works on (spec/tos/orchestrator.md §10). */
export interface Job {
  readonly loop: JobLoopConfig;
  /** Recorded everywhere; the payload's own name where it has one. Any JSON. */
  readonly name: Json;
  /** The payload brought a name of its own. */
  readonly nameReplaced: boolean;
  /** Null while the loop is off. */
  readonly index: PythonNumber | null;
  /** Null for none: no file, an unreadable one, or the JSON `null`. */
  readonly payload: Json;
}

/**
 * The job of this run. `payload` is what the job input holds, null for none; `state` the phase state of the run before,
 * null for none. Throws `OrchestratorFault` for a payload that holds something and is no object, and for a job index
 * that is no number.
 */
export function jobOf(loop: JobLoopConfig, payload: Json, state: JsonObject | null): Job {
  if (!loop.enabled) return { loop, name: loop.jobName, nameReplaced: false, index: null, payload: null };
  const ownName = isTruthy(payload) ? nameIn(loop, payload) : null;
  const nameReplaced = isTruthy(ownName);
  return {
    loop,
    name: nameReplaced ? ownName : loop.jobName,
    nameReplaced,
    index: indexIn(state),
    payload,
  };
}

/** Every job of the loop is done: the run only says so. */
export function isLoopComplete(job: Job): job is Job & { readonly index: PythonNumber } {
  return job.index !== null && exceeds(job.index, job.loop.maxJobs);
}

/** The index the next run finds: one more after a job that reached its goal, the same after every other end. */
export function indexAfter(job: Job, done: boolean): PythonNumber | null {
  return job.index !== null && done ? plusOne(job.index) : job.index;
}

/** How the payload stands in a step log: cut after 2000 code points, with the full text's length. Nothing is masked. */
export function payloadFields(payload: Json): {
  readonly text: string | null;
  readonly present: boolean;
  readonly size: number;
} {
  if (payload === null) return { text: null, present: false, size: 0 };
  const text = printPythonCompact(payload);
  return { text: cutForLog(text, 2000), present: true, size: codePointLength(text) };
}

function nameIn(loop: JobLoopConfig, payload: Json): Json {
  if (isJsonObject(payload)) return payload.get("job_name") ?? null;
  throw unexpected(cutAfter(loop.inputPath, 200, "…"), "", "an object", payload);
}

function indexIn(state: JsonObject | null): PythonNumber {
  const index = state?.get("job_index") ?? null;
  if (index === null) return 1;
  if (isPythonNumber(index)) return index;
  throw unexpected("phase_state.json", "job_index", "a number or null", index);
}
