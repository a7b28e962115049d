import type { SurfaceId } from "#contract/identity";
import type { SurfaceSample } from "#contract/rollout/observation";
import { classifyHealth } from "#domain/health";
import { watchedCodes } from "#domain/rollout/watched-codes";
import { samplePath, startUnixMs } from "./observation";
import { checkCut, type BrowserSummary, type StateVersion, type SurfaceFiles, type World } from "./world";
import { logPart, type LogPart } from "./world-logs";
import { profileOf } from "./world-profile";
import { place, whole } from "./world-records";

const unusable = (surface: SurfaceId, state: "missing" | "unreadable", part: LogPart): SurfaceSample => ({
  surface,
  status: state,
  problem: `${samplePath(surface)}: ${state}`,
  path: samplePath(surface),
  healthState: "failing",
  rolloutGate: "hold",
  failureStreak: surface === "browser-automation" ? null : 0,
  lastCycleFailed: 0,
  queueDepth: 0,
  updatedUnixMs: null,
  record: null,
  timeline: null,
  sameSnapshot: false,
  ...part,
});

function stateSample(
  surface: SurfaceId,
  version: StateVersion,
  part: LogPart,
  isSame: boolean,
): SurfaceSample {
  if (version.state !== "ok") return unusable(surface, version.state, part);
  const { streak, failed, queue, writtenMs } = version;
  const updatedUnixMs = writtenMs === null ? null : startUnixMs + writtenMs;
  const { state } = classifyHealth({ failure_streak: streak, last_cycle_failed: failed });
  const health = {
    updated_unix_ms: updatedUnixMs ?? 0,
    failure_streak: streak,
    last_cycle_failed: failed,
    queue_depth: queue,
  };
  return {
    ...unusable(surface, "missing", part),
    status: "ok",
    problem: "",
    healthState: state,
    rolloutGate: state === "healthy" ? "pass" : "hold",
    failureStreak: streak,
    lastCycleFailed: failed,
    queueDepth: queue,
    updatedUnixMs,
    record: whole(samplePath(surface), health),
    sameSnapshot: isSame,
  };
}

function browserSample(summary: BrowserSummary, logged: LogPart | null): SurfaceSample {
  const surface = "browser-automation";
  const path = samplePath(surface);
  const nothing: LogPart = { log: null, cycles: 0, counts: {}, occurrences: [] };
  if (summary.state !== "ok") return unusable(surface, summary.state, logged ?? nothing);
  const { retryable, malformed, writtenMs, steps } = summary;
  const updatedUnixMs = writtenMs === null ? null : startUnixMs + writtenMs;
  const counts = {
    ...(retryable > 0 ? { case_processing_failed: 1, retryable_failures_observed: 1 } : {}),
    ...(malformed > 0 ? { malformed_inputs_observed: 1 } : {}),
  };
  const isHealthy = retryable === 0;
  return {
    ...unusable(surface, "missing", logged ?? { ...nothing, cycles: 1, counts }),
    status: "ok",
    problem: "",
    healthState: isHealthy ? "healthy" : "degraded",
    rolloutGate: isHealthy ? "pass" : "hold",
    lastCycleFailed: retryable,
    updatedUnixMs,
    record: whole(path, {
      retryable_failures: retryable,
      malformed_cases: malformed,
      modified: updatedUnixMs,
    }),
    timeline: steps.map((step, index) => ({
      caseId: `case-${index}`,
      ...step,
      record: place(path, index + 2, step),
    })),
  };
}

/** The browser as a check saw it. */
export function browserAt(world: World, check: number, isLast: boolean): SurfaceSample {
  const surface = "browser-automation";
  const { log } = world.surfaces[surface];
  const codes = watchedCodes(profileOf(world), surface);
  const part = log === null ? null : logPart(surface, log, checkCut(check), isLast, codes);
  const summary = world.browser[check];
  if (summary === undefined) throw new Error("a check without a summary");
  return browserSample(summary, part?.log === null ? null : part);
}

const derivedSamples = new WeakMap<SurfaceFiles, Map<string, SurfaceSample>>();

/** The sample of a surface with a state file, derived once for the same files. */
export function stateAt(world: World, surface: SurfaceId, check: number, isLast: boolean): SurfaceSample {
  const files = world.surfaces[surface];
  const known = derivedSamples.get(files) ?? new Map<string, SurfaceSample>();
  derivedSamples.set(files, known);
  const key = `${check} ${isLast} ${world.extras}`;
  const sample = known.get(key) ?? deriveState(world, surface, check, isLast);
  known.set(key, sample);
  return sample;
}

function deriveState(world: World, surface: SurfaceId, check: number, isLast: boolean): SurfaceSample {
  const { log, versions } = world.surfaces[surface];
  const version = versions[check];
  if (version === undefined || log === null) throw new Error(`a check without a version of ${surface}`);
  const part = logPart(surface, log, checkCut(check), isLast, watchedCodes(profileOf(world), surface));
  return stateSample(surface, version, part, version === versions[check - 1]);
}
