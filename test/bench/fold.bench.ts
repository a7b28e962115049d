import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { execa } from "execa";
import { systemClock } from "../../main/system/clock";
import { createSurfaceWatcher } from "../../main/watch/surface-watcher";
import type { SurfaceWatcher } from "../../main/host/ports";
import type { BenchRow } from "./row";
import { writeEventLog } from "./watch/event-log";

const lines = 1_000_000;
const fewLines = 10_000;
const appended = 1_000;
const fullLines = 250_000;

/** The same fold in jq: cycles, last codes, last reason, and occurrences per code. */
const jqFold = `reduce inputs as $event ({cycles: 0, codes: [], reason: "", counts: {}};
  .cycles += 1 | .codes = ($event.reason_codes // []) | .reason = ($event.health_reason // "")
  | reduce ($event.reason_codes // [])[] as $code (.; .counts[$code] += 1))`;

const watch = (directory: string): SurfaceWatcher =>
  createSurfaceWatcher({
    surface: "voice",
    workspacePath: directory,
    stateDir: directory,
    staleAfterMs: 900_000,
    live: null,
    clock: systemClock,
  });

/** Resolves at the announcement that the whole log is read. */
function untilCycles(watcher: SurfaceWatcher, cycles: number): Promise<number> {
  return new Promise((resolve) => {
    const unsubscribe = watcher.onChange(({ log }) => {
      if (log.cycles !== cycles || log.progress !== null) return;
      unsubscribe();
      resolve(performance.now());
    });
  });
}

async function coldFold(watcher: SurfaceWatcher, cycles: number): Promise<number> {
  const done = untilCycles(watcher, cycles);
  const started = performance.now();
  await watcher.start();
  return (await done) - started;
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await task();
  return performance.now() - started;
}

function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const megabytes = (bytes: number): number => Math.round(bytes / 10_000) / 100;
const rounded = (value: number): number => Math.round(value * 100) / 100;

/**
 * Folds a large event log through the real watcher: the first time against `jq` and `wc -l` on the same file, the
 * second time after an append, and what it holds in memory.
 */
export async function run(): Promise<BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), "gatehouse-bench-fold-"));
  const log = join(root, "runtime-events.jsonl");
  const rows: BenchRow[] = [];
  try {
    await writeEventLog(log, 0, fewLines, false);
    const empty = heldBytes();
    const small = watch(root);
    await coldFold(small, fewLines);
    const afterFew = heldBytes() - empty;
    await small.stop();

    await writeEventLog(log, fewLines, lines, false);
    const { size } = await stat(log);
    // Once through wc first, so that all three read from the page cache.
    await execa("wc", ["-l", log]);
    const wcMs = await timed(() => execa("wc", ["-l", log]));
    const jqMs = await timed(() => execa("jq", ["-n", jqFold, log]));
    const jqParseMs = await timed(() => execa("jq", ["empty", log]));

    const before = heldBytes();
    const watcher = watch(root);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const coldMs = await coldFold(watcher, lines);
    delay.disable();
    const afterMany = heldBytes() - before;
    const linesPerSecond = (lines / coldMs) * 1_000;
    rows.push(
      { name: "event log", value: megabytes(size), unit: "MB" },
      {
        name: "cold fold of 1,000,000 lines",
        value: Math.round(linesPerSecond),
        unit: "lines/s",
        target: "at least 300,000",
        met: linesPerSecond >= 300_000,
      },
      {
        name: "cold fold",
        value: rounded(coldMs),
        unit: "ms",
        ratio: rounded(coldMs / wcMs),
        ratioTo: "wc -l",
      },
      {
        name: "the same fold in jq",
        value: rounded(jqMs),
        unit: "ms",
        ratio: rounded(jqMs / coldMs),
        ratioTo: "cold fold",
        target: "at least 4 times the cold fold",
        met: jqMs >= 4 * coldMs,
      },
      {
        name: "jq only parsing it",
        value: rounded(jqParseMs),
        unit: "ms",
        ratio: rounded(jqParseMs / coldMs),
        ratioTo: "cold fold",
      },
      { name: "wc -l", value: rounded(wcMs), unit: "ms" },
      {
        name: "event loop held during the cold fold, 99th percentile",
        value: rounded(delay.percentile(99) / 1e6),
        unit: "ms",
      },
      { name: "event loop held during the cold fold, longest", value: rounded(delay.max / 1e6), unit: "ms" },
    );

    const refold = untilCycles(watcher, lines + appended);
    const appendStarted = performance.now();
    await writeEventLog(log, lines, lines + appended, false);
    const written = performance.now();
    const refoldMs = (await refold) - appendStarted;
    rows.push({
      name: "second fold after appending 1,000 lines (writing them included)",
      value: rounded(refoldMs),
      unit: "ms",
      ratio: rounded(refoldMs / (written - appendStarted)),
      ratioTo: "writing them",
      target: "at most 20 ms",
      met: refoldMs <= 20,
    });
    rows.push(
      { name: "memory held after 10,000 events", value: megabytes(afterFew), unit: "MB" },
      {
        name: "memory held after 1,000,000 events",
        value: megabytes(afterMany),
        unit: "MB",
        target: "at most 32 MB: the bound of the index",
        met: afterMany <= 32_000_000,
      },
    );
    const doubled = untilCycles(watcher, 2 * lines);
    await writeEventLog(log, lines + appended, 2 * lines, false);
    await doubled;
    const afterTwice = heldBytes() - before;
    rows.push({
      name: "memory held after 2,000,000 events",
      value: megabytes(afterTwice),
      unit: "MB",
      ratio: rounded(afterTwice / afterMany),
      ratioTo: "1,000,000 events",
      target: "flat: at most 1.1 times",
      met: afterTwice <= 1.1 * afterMany,
    });
    await watcher.stop();

    const fullRoot = await mkdtemp(join(root, "full-"));
    await writeEventLog(join(fullRoot, "runtime-events.jsonl"), 0, fullLines, true);
    const full = watch(fullRoot);
    const fullMs = await coldFold(full, fullLines);
    await full.stop();
    rows.push({
      name: "cold fold of 250,000 records with every counter",
      value: Math.round((fullLines / fullMs) * 1_000),
      unit: "lines/s",
    });
    return rows;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
