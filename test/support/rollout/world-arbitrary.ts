import fc from "fast-check";
import { surfaceIds, type SurfaceId } from "#contract/identity";
import { hardErrorCodes, retryCodes } from "#contract/rollout/observation";
import { phaseIds } from "#contract/rollout/vocabulary";
import { checklistItems } from "#domain/rollout/checklist";
import {
  advancing,
  flat,
  intervalMs,
  type BrowserStep,
  type BrowserSummary,
  type ChecklistSlot,
  type LogFile,
  type StateVersion,
  type SurfaceFiles,
  type World,
} from "./world";

/** Draws from the values of one history. */
interface Draw {
  /** A whole number from 0 up to, and without, `below`. */
  number(below: number): number;
  chance(percent: number): boolean;
  of<Value>(...values: readonly Value[]): Value;
  times<Value>(count: number, make: () => Value): Value[];
}

/** A small generator of numbers (xorshift), so that a history is one number of fast-check's. */
function drawFrom(seed: number): Draw {
  let state = (seed ^ 0x9e3779b9) | 1;
  const number = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  return {
    number,
    chance: (percent) => number(100) < percent,
    of: (...values) => {
      const value = values[number(values.length)];
      if (value === undefined) throw new Error("nothing to choose from");
      return value;
    },
    times: (count, make) => Array.from({ length: count }, make),
  };
}

/** When a file was last written, seen at a check: mostly just then, else long ago, before the phase, or in the future. */
function written(draw: Draw, check: number, isOften: boolean): number | null {
  const now = (check + 1) * intervalMs;
  if (!draw.chance(isOften ? 12 : 2)) return now - draw.number(intervalMs);
  return draw.of(now - 15 * 60_000 - 1, -1, now + 60_001, null);
}

function version(draw: Draw, check: number, isIll: boolean): StateVersion {
  const state = isIll && draw.chance(12) ? draw.of("missing", "unreadable") : "ok";
  return {
    state,
    streak: isIll ? draw.of(0, 0, 1, 2, 3, 4) : 0,
    failed: isIll ? draw.of(0, 0, 1, 5) : 0,
    queue: isIll ? draw.of(0, 1, 2, 7) : draw.of(0, 1),
    writtenMs: written(draw, check, isIll),
  };
}

function versions(draw: Draw, checks: number): StateVersion[] {
  const isIll = draw.chance(15);
  const made: StateVersion[] = [];
  for (let check = 0; check < checks; check += 1) {
    const last = made.at(-1);
    made.push(last !== undefined && draw.chance(20) ? last : version(draw, check, isIll));
  }
  return made;
}

function line(draw: Draw, surface: SurfaceId, isQuiet: boolean, ill: number): string[] {
  if (isQuiet || !draw.chance(ill)) return draw.chance(60) ? [...advancing[surface]] : ["healthy_cycle"];
  const codes = [...hardErrorCodes, ...retryCodes, ...flat[surface], ...advancing[surface]];
  return [...new Set(draw.times(1 + draw.number(3), () => draw.of(...codes)))];
}

function logFile(draw: Draw, surface: SurfaceId, checks: number, mayBeGone: boolean): LogFile {
  const drawn = draw.chance(12)
    ? draw.of("missing" as const, "unreadable" as const, "cut-short" as const, "renewed" as const)
    : "whole";
  const trouble = drawn === "missing" && !mayBeGone ? "unreadable" : drawn;
  const isEmpty = trouble === "whole" && draw.chance(3);
  const isQuiet = trouble !== "whole";
  const ill = draw.of(0, 0, 0, 10, 50);
  const lines: string[][] = [];
  const cuts: number[] = [];
  const grow = (count: number, quiet: boolean, illness: number): void => {
    if (!isEmpty) lines.push(...draw.times(count, () => line(draw, surface, quiet, illness)));
    cuts.push(lines.length);
  };
  // What was before the baselines is anything; since canary-1 a rollout that still runs has had no hard error.
  grow(6 + draw.number(8), false, ill);
  grow(draw.number(3), true, 0);
  grow(draw.number(3), true, 0);
  for (let check = 0; check < checks; check += 1) grow(draw.chance(2) ? 30 : draw.number(4), isQuiet, ill);
  return {
    lines,
    cuts,
    trouble,
    renewed: trouble === "renewed" ? draw.times(draw.number(5), () => line(draw, surface, false, ill)) : [],
    shortLines: draw.number(3),
  };
}

function summary(draw: Draw, check: number, isIll: boolean): BrowserSummary {
  const step = (): BrowserStep => {
    if (!isIll || !draw.chance(30))
      return { replayStep: "success", statusCode: 200, errorCode: draw.of("", " ") };
    return {
      replayStep: draw.of("success", "malformed_input", "retryable_failure"),
      statusCode: draw.of(200, 399, 400, 503),
      errorCode: draw.of("", "browser_automation_timeout"),
    };
  };
  return {
    state: isIll && draw.chance(15) ? draw.of("missing", "unreadable") : "ok",
    retryable: isIll ? draw.of(0, 0, 0, 1, 2) : 0,
    malformed: isIll ? draw.of(0, 0, 1) : 0,
    writtenMs: written(draw, check, isIll),
    steps: draw.times(draw.chance(4) ? 0 : 1 + draw.number(4), step),
  };
}

function item(draw: Draw, isIll: boolean): ChecklistSlot | null {
  if (!isIll || !draw.chance(25)) return { checked: true, evidence: [".tau/live-run-unified/report.json"] };
  if (draw.chance(25)) return null;
  return {
    checked: draw.chance(50),
    evidence: draw.of<string[]>([], ["TBD"], [""], ["see logs"], ["https://ci.example/runs/1", "tbd"]),
  };
}

/** One history of files, made of one number. */
export function worldOf(seed: number): World {
  const draw = drawFrom(seed);
  const phase = draw.of(...phaseIds);
  const checks = phase === "preflight" ? 1 : draw.of(1, 1, 1, 2, 2, 3);
  // A browser whose log is gone is counted by its summary: then its log decides what the summary says, and two records
  // one finding. So its log is only ever gone where the summary has nothing to count.
  const isBrowserIll = draw.chance(25);
  const hasBrowserLog = draw.chance(50);
  const surfaces = Object.fromEntries(
    surfaceIds.map((surface): [SurfaceId, SurfaceFiles] => {
      const isBrowser = surface === "browser-automation";
      return [
        surface,
        {
          versions: isBrowser ? [] : versions(draw, checks),
          log:
            isBrowser && !hasBrowserLog ? null : logFile(draw, surface, checks, !(isBrowser && isBrowserIll)),
        },
      ];
    }),
  ) as Record<SurfaceId, SurfaceFiles>;
  const often = phase === "preflight" ? 50 : 5;
  const maybe = <Value>(good: Value, ...bad: readonly Value[]): Value =>
    draw.chance(often) ? draw.of(...bad) : good;
  const isChecklistIll = draw.chance(60);
  return {
    phase,
    tolerance: draw.of(0, 0, 1, 2),
    extras: draw.chance(50),
    checks,
    surfaces,
    browser: Array.from({ length: checks }, (_, check) => summary(draw, check, isBrowserIll)),
    harnessReport: maybe<World["harnessReport"]>(
      "passed",
      "one-failed",
      "early-stop",
      "wrong-set",
      "missing",
      "unreadable",
    ),
    harnessManifest: maybe<World["harnessManifest"]>("good", "old", "no-skip-build", "missing"),
    ci: {
      state: maybe<World["ci"]["state"]>("ok", "ok", "ok", "missing", "unreadable"),
      conclusion: maybe("success", "failure", "skipped", "cancelled"),
      isOtherCommit: maybe(false, false, true),
    },
    show: maybe<World["show"]>("good", "none", "not-a-version", "missing", "unreadable"),
    control: draw.chance(10) ? draw.of<World["control"]>("paused", "unreadable", "missing") : "running",
    hook: draw.chance(10)
      ? draw.of<World["hook"]>("failed", "attempted", "intended")
      : draw.of<World["hook"]>("none", "done"),
    checklist: draw.chance(4) ? draw.of<World["checklist"]>("missing", "unreadable") : "ok",
    items: checklistItems.map(() => item(draw, isChecklistIll)),
  };
}

/** Histories by their numbers. */
export const worldSeeds = fc.integer({ min: 1, max: 0x7fff_ffff });
