import { surfaceLabels } from "#contract/identity";
import type { SurfaceSample } from "#contract/rollout/observation";
import { clockToleranceMs, describeSpan } from "../../freshness";
import { wholeFile, type Reason, type RuleContext } from "./cell";

/**
 * File a surface's cycles are logged in. Where the sample has no log to name it, it is looked for beside the state file,
 * and for a live run in the folder `state` beside its summary (spec/tau/live-run.md §4).
 */
export function logPathOf({ surface, log, path }: SurfaceSample): string {
  const name = surface === "browser-automation" ? "state/runtime-events.jsonl" : "runtime-events.jsonl";
  return log?.path ?? path.replace(/[^/\\]*$/u, name);
}

/** Why a sample is no evidence because its source could not be used; null when it could (spec/tau/rollout.md §7 row 2). */
export function sourceReason(sample: SurfaceSample): Reason | null {
  const { surface, status, problem, path } = sample;
  if (status === "ok") return null;
  const isMissing = status === "missing";
  return {
    status,
    title: `${surfaceLabels[surface]}: its state ${isMissing ? "is not there" : "cannot be read"}`,
    expected: `${path} readable, with the figures of the last cycle`,
    observed: problem === "" ? `${path} ${isMissing ? "does not exist" : "cannot be used"}` : problem,
    remedy: isMissing
      ? "Run a cycle of the surface, or point its settings at the directory its runner writes."
      : `Mend or remove ${path}, then run a cycle of the surface.`,
    record: sample.record ?? wholeFile(path),
  };
}

/**
 * Why a sample is no evidence because no cycle was logged yet; null when one was. A browser without a log is counted by
 * its summary, so a summary that cannot be used says all there is to say.
 */
export function cyclesReason(sample: SurfaceSample): Reason | null {
  const { surface, status, log, cycles } = sample;
  const isSummaryOnly = surface === "browser-automation" && log === null;
  if (cycles > 0 || (isSummaryOnly && status !== "ok")) return null;
  const path = isSummaryOnly ? sample.path : logPathOf(sample);
  return {
    status: "no-samples",
    title: `${surfaceLabels[surface]}: no cycle has been logged`,
    expected: "at least one logged cycle",
    observed: `0 cycles in ${path}`,
    remedy: "Run a cycle of the surface.",
    record: wholeFile(path),
  };
}

/** Last moment a calendar can name; a file may say any number. */
const lastNamedUnixMs = 8.64e15;

/** A moment as findings name it: to the second, in UTC. */
const describeTime = (unixMs: number): string =>
  unixMs > lastNamedUnixMs ? `${unixMs} ms after 1970` : `${new Date(unixMs).toISOString().slice(0, 19)}Z`;

/** What a fresh sample is, in words. */
export function expectedFreshness({ state: { phaseEnteredUnixMs, profile } }: RuleContext): string {
  const limit = describeSpan(profile.maximumEvidenceAgeMs);
  return `written since the phase began at ${describeTime(phaseEnteredUnixMs)}, and at most ${limit} before the check`;
}

/** How long before the check a sample was written, in words. */
export function describeAge({ updatedUnixMs }: SurfaceSample, { observation }: RuleContext): string {
  if (updatedUnixMs === null) return "not known when it was written";
  return `${describeSpan(Math.max(0, observation.at.unixMs - updatedUnixMs))} before the check`;
}

/** How old a sample that could be read is, in words, when it is too old or its age cannot be known; else null. */
function staleness(
  { updatedUnixMs, path }: SurfaceSample,
  { state, observation }: RuleContext,
): string | null {
  const now = observation.at.unixMs;
  if (updatedUnixMs === null) return `${path} does not say when it was written`;
  const ageMs = now - updatedUnixMs;
  const written = (when: string): string => `written at ${describeTime(updatedUnixMs)}, ${when}`;
  if (ageMs < -clockToleranceMs) return written(`${describeSpan(-ageMs)} in the future`);
  if (updatedUnixMs < state.phaseEnteredUnixMs)
    return written(`${describeSpan(state.phaseEnteredUnixMs - updatedUnixMs)} before the phase was entered`);
  if (ageMs > state.profile.maximumEvidenceAgeMs) return written(`${describeSpan(ageMs)} ago`);
  return null;
}

/**
 * Why a sample that could be read is old evidence, neither for nor against; null when it is fresh (spec/tau/rollout.md
 * §3, R-STALE): not written since the phase was entered, longer ago than the profile allows, or in the future by more
 * than a minute.
 */
export function staleReason(sample: SurfaceSample, context: RuleContext): Reason | null {
  const observed = staleness(sample, context);
  if (observed === null) return null;
  return {
    status: "stale",
    title: `${surfaceLabels[sample.surface]}: its figures are stale`,
    expected: expectedFreshness(context),
    observed,
    remedy:
      "Run a cycle of the surface now; if the time is in the future, set right the clock of its writer.",
    record: sample.record ?? wholeFile(sample.path),
  };
}

/**
 * Everything that keeps the present figures of a surface from being evidence: its file, and that no cycle was logged.
 * Each is a record of its own, so each is told.
 */
export function figuresReasons(sample: SurfaceSample, context: RuleContext): Reason[] {
  return [sourceReason(sample) ?? staleReason(sample, context), cyclesReason(sample)].filter(
    (reason) => reason !== null,
  );
}

/** Whether the figures are recent ones of a file that could be read, so that they can be for or against. */
export const areFiguresUsable = (sample: SurfaceSample, context: RuleContext): boolean =>
  sourceReason(sample) === null && staleReason(sample, context) === null;
