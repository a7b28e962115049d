import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { RecordReference } from "#contract/reading";
import type { Baseline } from "#contract/rollout/journal";
import type { Observation, Occurrence, SurfaceSample } from "#contract/rollout/observation";
import type { RolloutProfile } from "#contract/rollout/profile";
import { baselineOf } from "#domain/rollout/baseline";
import { checklistItems } from "#domain/rollout/checklist";
import { classifyHealth } from "#domain/health";
import type { Effect, RolloutState } from "#domain/rollout/state";
import { watchedCodes } from "#domain/rollout/watched-codes";
import { defaultProfile, judgedState } from "./judged-state";
import {
  harnessSurfaceIds,
  healthyObservation,
  instantAt,
  passingHarness,
  sampleLogPath,
  samplePath,
  startUnixMs,
  testCandidate,
} from "./observation";
import {
  advancing,
  checkCut,
  flat,
  intervalMs,
  isCanary,
  phaseCut,
  type BrowserSummary,
  type ChecklistSlot,
  type LogFile,
  type StateVersion,
  type SurfaceFiles,
  type World,
} from "./world";

/** Every record is written into a slot of one width, so that changing it moves no other. */
const slot = 400;
const place = (path: string, line: number, value: unknown): RecordReference => ({
  path,
  line,
  byteOffset: (line - 1) * (slot + 1),
  text: JSON.stringify(value).padEnd(slot),
});
const whole = (path: string, value: unknown): RecordReference => ({
  path,
  line: 1,
  byteOffset: 0,
  text: JSON.stringify(value),
});

/** What the sampler keeps of one code: its newest lines, so many at most. */
const keptLines = 20;

const profiles = new Map<string, RolloutProfile>();

/** The profile of a world; the very same object for the same choices. */
export function profileOf(world: World): RolloutProfile {
  const key = `${world.tolerance} ${world.extras}`;
  const profile = profiles.get(key) ?? makeProfile(world);
  profiles.set(key, profile);
  return profile;
}

function makeProfile({ tolerance, extras }: World): RolloutProfile {
  if (!extras) return { ...defaultProfile, retryTolerance: tolerance };
  return {
    ...defaultProfile,
    retryTolerance: tolerance,
    phases: defaultProfile.phases.map((phase) =>
      phase.id === "preflight" ? phase : { ...phase, gates: [...phase.gates, "G13"] },
    ),
    surfaceRules: surfaceIds.flatMap((surface) => [
      ...(advancing[surface].length > 0
        ? [
            {
              surface,
              kind: "advances" as const,
              codes: [...advancing[surface]],
              fromPhase: "canary-2" as const,
            },
          ]
        : []),
      ...(flat[surface].length > 0
        ? [{ surface, kind: "flat" as const, codes: [...flat[surface]], fromPhase: "canary-1" as const }]
        : []),
    ]),
  };
}

type LogPart = Pick<SurfaceSample, "log" | "cycles" | "counts" | "occurrences">;

/** The log as it stands at a cut: its lines with the number of their generation, or why there are none. */
function linesAt(
  log: LogFile,
  cut: number,
  isLast: boolean,
): { generation: number; lines: string[][] } | string {
  const lines = log.lines.slice(0, log.cuts[cut] ?? 0);
  if (!isLast || log.trouble === "whole") return { generation: 0, lines };
  if (log.trouble === "renewed") return { generation: 1, lines: log.renewed };
  if (log.trouble === "cut-short")
    return { generation: 0, lines: [...lines.slice(0, log.shortLines), ...log.renewed] };
  return log.trouble;
}

const derivedLines = new WeakMap<readonly string[], RecordReference>();

/** The record of one line, derived once for a place: a line that changes is another. */
function lineRecord(
  path: string,
  generation: number,
  number: number,
  reason_codes: readonly string[],
): RecordReference {
  const known = derivedLines.get(reason_codes);
  if (known?.line === number) return known;
  const record = place(path, number, { cycle: `${generation}-${number}`, reason_codes });
  derivedLines.set(reason_codes, record);
  return record;
}

/** Logs that were derived before: a world is never changed, a changed one is another. */
const derivedLogs = new WeakMap<LogFile, Map<string, LogPart>>();

function logPart(
  surface: SurfaceId,
  log: LogFile,
  cut: number,
  isLast: boolean,
  codes: readonly string[],
): LogPart {
  const known = derivedLogs.get(log) ?? new Map<string, LogPart>();
  derivedLogs.set(log, known);
  const key = `${cut} ${isLast} ${codes.length}`;
  const part = known.get(key) ?? deriveLog(surface, log, cut, isLast, codes);
  known.set(key, part);
  return part;
}

function deriveLog(
  surface: SurfaceId,
  log: LogFile,
  cut: number,
  isLast: boolean,
  codes: readonly string[],
): LogPart {
  const path = sampleLogPath(surface);
  const found = linesAt(log, cut, isLast);
  const nothing: LogPart = { log: null, cycles: 0, counts: {}, occurrences: [] };
  if (found === "missing") return nothing;
  if (typeof found === "string")
    return { ...nothing, log: { path, identity: "", lines: 0, bytes: 0, problem: `${path}: not permitted` } };
  const { generation, lines } = found;
  const records = lines.map((codesOfLine, index) => lineRecord(path, generation, index + 1, codesOfLine));
  const counts: Record<string, number> = {};
  for (const code of codes) {
    const count = lines.filter((carried) => carried.includes(code)).length;
    if (count > 0) counts[code] = count;
  }
  const isReset = generation > 0 || lines.length < (log.cuts[0] ?? 0);
  const afterLine = isReset ? 0 : (log.cuts[0] ?? 0);
  const occurrences = codes.flatMap((code): Occurrence[] =>
    records
      .flatMap((record, index) =>
        index >= afterLine && lines[index]?.includes(code) === true ? [{ code, record }] : [],
      )
      .toReversed()
      .slice(0, keptLines),
  );
  return {
    log: {
      path,
      identity: records[0]?.text ?? "",
      lines: lines.length,
      bytes: lines.length * (slot + 1),
      problem: "",
    },
    cycles: lines.length,
    counts,
    occurrences,
  };
}

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

/** The surfaces' logs at a cut, with everything else healthy: what a baseline is taken from. */
function entryObservation(world: World, cut: number): Observation {
  const observation = healthyAt(-1);
  return {
    ...observation,
    surfaces: observation.surfaces.map((sample) => {
      const { log } = world.surfaces[sample.surface];
      const codes = watchedCodes(profileOf(world), sample.surface);
      if (log !== null) return { ...sample, ...logPart(sample.surface, log, cut, false, codes) };
      return { ...sample, log: null, cycles: 1, counts: {}, occurrences: [] };
    }),
  };
}

const takenBaselines = new WeakMap<World["surfaces"], Map<string, Baseline>>();

/** The baseline taken at a cut of the logs, derived once for the same files. */
function baselineAt(world: World, cut: number): Baseline {
  const known = takenBaselines.get(world.surfaces) ?? new Map<string, Baseline>();
  takenBaselines.set(world.surfaces, known);
  const key = `${cut} ${world.extras}`;
  const baseline = known.get(key) ?? baselineOf(1, entryObservation(world, cut));
  known.set(key, baseline);
  return baseline;
}

/** The rollout as the first check finds it. */
export function stateOf(world: World): RolloutState {
  const baseline = (cut: number) => (isCanary(world) ? baselineAt(world, cut) : null);
  const isLate = world.phase === "canary-3" || world.phase === "general-availability";
  const effect: Effect = {
    effectId: "effect-1",
    purpose: world.phase,
    percent: 5,
    state: world.hook === "none" ? "done" : world.hook,
    attempt: world.hook === "intended" ? 0 : 1,
    detail: world.hook === "failed" ? "exit code 1" : "",
    output: "",
    changedUnixMs: startUnixMs,
  };
  return judgedState(world.phase, {
    profile: profileOf(world),
    baselines: { canary1: baseline(0), canary3: isLate ? baseline(1) : null, phase: baseline(phaseCut) },
    effects: world.hook === "none" ? [] : [effect],
  });
}

function browserAt(world: World, check: number, isLast: boolean): SurfaceSample {
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
function stateAt(world: World, surface: SurfaceId, check: number, isLast: boolean): SurfaceSample {
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

const healthyObservations = new Map<number, Observation>();

/** Everything healthy at a check; the very same object every time, for it is costly to write down. */
function healthyAt(check: number): Observation {
  const known = healthyObservations.get(check) ?? healthyObservation(instantAt((check + 1) * intervalMs));
  healthyObservations.set(check, known);
  return known;
}

type DerivedItem = Observation["checklist"]["items"][number];
const derivedItems = new WeakMap<ChecklistSlot, DerivedItem>();

/** An item of the checklist, in the slot of its place in the template. */
function itemOf(id: string, index: number, item: ChecklistSlot, path: string): DerivedItem {
  const known = derivedItems.get(item) ?? {
    id,
    ...item,
    record: place(path, index + 3, { id, ...item }),
  };
  derivedItems.set(item, known);
  return known;
}

/** What check number `check` (from 0) sees. */
export function observationOf(world: World, check: number): Observation {
  const isLast = check === world.checks - 1;
  const healthy = healthyAt(check);
  const surfaces = surfaceIds.map((surface) =>
    surface === "browser-automation"
      ? browserAt(world, check, isLast)
      : stateAt(world, surface, check, isLast),
  );
  return { ...healthy, surfaces, ...releaseEvidence(world, healthy) };
}

function releaseEvidence(world: World, healthy: Observation): Omit<Observation, "at" | "surfaces"> {
  const { control, ci, releaseChannel, checklist } = healthy;
  const isMissing = (state: string) => state === "missing" || state === "unreadable";
  const sourced = (state: string, path: string) =>
    ({
      status: isMissing(state) ? (state as "missing" | "unreadable") : "ok",
      problem: isMissing(state) ? `${path}: ${state}` : "",
      path,
    }) as const;
  const conclusion = isMissing(world.ci.state) ? "" : world.ci.conclusion;
  const commit = world.ci.isOtherCommit ? "abcdef0123" : testCandidate.commit.slice(0, 9);
  const version = { good: "v2.7.4", none: "none", "not-a-version": "2.x", missing: "", unreadable: "" }[
    world.show
  ];
  return {
    control: {
      ...sourced(world.control, control.path),
      mode: world.control === "paused" ? "paused" : "running",
      record: isMissing(world.control) ? null : whole(control.path, { mode: world.control }),
    },
    harness: harnessOf(world),
    ci: {
      ...sourced(world.ci.state, ci.path),
      commit,
      conclusion,
      record: isMissing(world.ci.state) ? null : whole(ci.path, { commit, conclusion }),
    },
    releaseChannel: {
      ...releaseChannel,
      ...sourced(world.show, releaseChannel.path),
      rollbackVersion: version,
      record: isMissing(world.show) ? null : place(releaseChannel.path, 1, `rollback_version=${version}`),
    },
    checklist: {
      ...sourced(world.checklist, checklist.path),
      items: isMissing(world.checklist)
        ? []
        : checklistItems.flatMap(({ id }, index) => {
            const item = world.items[index] ?? null;
            if (item === null) return [];
            return [itemOf(id, index, item, checklist.path)];
          }),
    },
  };
}

const passing = passingHarness();

function harnessOf({ harnessReport: report, harnessManifest: manifest }: World): Observation["harness"] {
  const isThere = report !== "missing" && report !== "unreadable";
  const overall = {
    status: report === "one-failed" ? "failed" : "passed",
    total_surfaces: report === "early-stop" ? 1 : 5,
    passed_surfaces: report === "one-failed" ? 4 : report === "early-stop" ? 1 : 5,
    failed_surfaces: report === "one-failed" ? 1 : 0,
  };
  const ids =
    report === "early-stop"
      ? ["voice"]
      : report === "wrong-set"
        ? ["gateway", "voice"]
        : [...harnessSurfaceIds];
  const started = testCandidate.createdUnixMs + (manifest === "old" ? -1 : 0);
  const commands = passing.commands.map(({ surfaceId, command }) => ({
    surfaceId,
    command: manifest === "no-skip-build" ? command.filter((word) => word !== "--skip-build") : command,
  }));
  return {
    ...passing,
    status: isThere ? "ok" : report,
    problem: isThere ? "" : `${passing.path}: ${report}`,
    overall: isThere ? overall : null,
    surfaceIds: isThere ? ids : [],
    reportRecord: isThere ? whole(passing.path, { overall, ids }) : null,
    commands: manifest === "missing" ? [] : commands,
    startedUnixMs: manifest === "missing" ? (isThere ? started : null) : started,
    manifestProblem: manifest === "missing" ? "manifest.json does not exist" : "",
    manifestRecord:
      manifest === "missing" ? null : whole(defaultProfile.evidence.harnessManifest, { started, commands }),
  };
}
