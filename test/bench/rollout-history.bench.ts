import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { RolloutEvent } from "#contract/rollout/journal";
import { encodeEntry, firstPreviousHash } from "../../main/rollout/journal/journal-line";
import { createRolloutStore } from "../../main/rollout/journal/rollout-store";
import { longRollout } from "./rollout/long-rollout";
import type { BenchRow } from "./row";
import { openHistory, type Openings } from "./window/history-opening";
import { percentile, rounded } from "./window/percentile";

const rollouts = 1_000;
const checksEach = 20;
const runs = 9;
const longestWarmMs = 300;
const starts = 3;
const openingsEach = 4;
const longestOpeningMs = 300;

/** A rollout a minute, each with the same checks under its own name. */
async function writeRollouts(folder: string): Promise<void> {
  const { entries } = longRollout("20260101T000000Z-0000", checksEach);
  for (let index = 0; index < rollouts; index += 1) {
    const stamp = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString().slice(0, 19);
    const rolloutId = `${stamp.replaceAll(/[-:]/g, "")}Z-${index.toString(16).padStart(4, "0")}`;
    await mkdir(join(folder, rolloutId), { recursive: true });
    await writeFile(join(folder, rolloutId, "journal.jsonl"), journalOf(rolloutId, entries));
  }
}

function journalOf(rolloutId: string, entries: readonly (readonly RolloutEvent[])[]): Buffer {
  let previousHash = firstPreviousHash;
  const lines = entries.map((events, index) => {
    const named = events.map((event) => (event.type === "rollout-started" ? { ...event, rolloutId } : event));
    const { entry, bytes } = encodeEntry(index + 1, previousHash, named);
    previousHash = entry.hash;
    return bytes;
  });
  return Buffer.concat(lines);
}

async function listed(root: string): Promise<number> {
  const started = performance.now();
  const { rollouts: rows, unreadable } = await createRolloutStore(root).list();
  const took = performance.now() - started;
  const broken = rows.filter(({ problem }) => problem !== "").length + unreadable.length;
  if (rows.length !== rollouts || broken > 0) throw new Error(`${rows.length} rows, ${broken} broken`);
  return took;
}

/** Nothing but every journal read, one after another. */
async function readAll(folder: string): Promise<number> {
  const started = performance.now();
  for (const name of await readdir(folder)) {
    if (name !== "index.json") await readFile(join(folder, name, "journal.jsonl"));
  }
  return performance.now() - started;
}

/** From the route to the first painted row, in the console's window: the first time after each start, and again. */
async function openingRows(root: string): Promise<BenchRow[]> {
  const opened: Openings[] = [];
  for (let start = 0; start < starts; start += 1)
    opened.push(await openHistory(root, join(root, "user-data"), openingsEach));
  const firstMs = opened.map((start) => start.firstMs);
  const furtherMs = opened.flatMap((start) => start.furtherMs);
  const row = (name: string, values: readonly number[]): BenchRow => ({
    name,
    value: rounded(percentile(values, 0.5)),
    unit: "ms",
    target: `at most ${longestOpeningMs} ms`,
    met: percentile(values, 0.5) <= longestOpeningMs,
  });
  return [
    row(`history in the window, first opening to first row (median of ${starts} starts)`, firstMs),
    { name: "the same, slowest start", value: rounded(Math.max(...firstMs)), unit: "ms" },
    row(`history in the window, opened again (median of ${furtherMs.length})`, furtherMs),
  ];
}

/** Opens a history of 1,000 rollouts: without its cache, as every later opening finds it, and in the window. */
export async function run(): Promise<BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), "gatehouse-bench-history-"));
  const folder = join(root, ".gatehouse", "rollouts");
  try {
    await writeRollouts(folder);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const coldMs = await listed(root);
    delay.disable();
    const warmMs: number[] = [];
    const readMs: number[] = [];
    for (let turn = 0; turn < runs; turn += 1) {
      readMs.push(await readAll(folder));
      warmMs.push(await listed(root));
    }
    const readMedian = percentile(readMs, 0.5);
    const warmMedian = percentile(warmMs, 0.5);
    const slowest = Math.max(...warmMs);
    return [
      {
        name: `history of ${rollouts.toLocaleString("en-US")} rollouts without its cache, ${checksEach} checks each`,
        value: rounded(coldMs),
        unit: "ms",
        ratio: rounded(coldMs / readMedian),
        ratioTo: "reading the files alone",
      },
      { name: "event loop held meanwhile, longest", value: rounded(delay.max / 1e6), unit: "ms" },
      {
        name: `history of 1,000 rollouts (median of ${runs})`,
        value: rounded(warmMedian),
        unit: "ms",
        ratio: rounded(warmMedian / readMedian),
        ratioTo: "reading the files alone",
      },
      {
        name: "the same, slowest",
        value: rounded(slowest),
        unit: "ms",
        target: `at most ${longestWarmMs} ms`,
        met: slowest <= longestWarmMs,
      },
      ...(await openingRows(root)),
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
