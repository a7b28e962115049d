import { createReadStream } from "node:fs";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeEntry, firstPreviousHash } from "../../main/rollout/journal/journal-line";
import { createRolloutStore } from "../../main/rollout/journal/rollout-store";
import { longRollout, type LongRollout } from "./rollout/long-rollout";
import type { BenchRow } from "./row";
import { percentile, rounded } from "./window/percentile";

const checks = 9_900;
const runs = 5;
const longestReplayMs = 2_000;
const longestDecisionMs = 1;
const rolloutId = "20260213T154640Z-1f3a";

/** Writes the entries as the journal's own appends would, without waiting for the disk after each. */
async function writeJournal(root: string, { entries: [first = [], ...rest] }: LongRollout): Promise<string> {
  const created = await createRolloutStore(root).create(rolloutId, first);
  const path = join(root, created.path);
  await created.close();
  let { hash } = encodeEntry(1, firstPreviousHash, first).entry;
  const file = await open(path, "a");
  for (const [index, events] of rest.entries()) {
    const { entry, bytes } = encodeEntry(index + 2, hash, events);
    await file.write(bytes);
    ({ hash } = entry);
  }
  await file.close();
  return path;
}

/** Nothing but the file read and each of its lines parsed. */
async function parseLines(path: string): Promise<void> {
  let rest = "";
  for await (const chunk of createReadStream(path, { encoding: "utf8", highWaterMark: 1_048_576 })) {
    const lines = `${rest}${chunk as string}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) JSON.parse(line);
  }
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await task();
  return performance.now() - started;
}

/** Reads, verifies, validates and folds the journal of a 27.5 h rollout with a check every 10 s. */
export async function run(): Promise<BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), "gatehouse-bench-replay-"));
  try {
    const rollout = longRollout(rolloutId, checks);
    const path = await writeJournal(root, rollout);
    const bytes = (await readFile(path)).length;
    const firstMs = await timed(() => createRolloutStore(root).read(rolloutId));
    const replayMs: number[] = [];
    const processorMs: number[] = [];
    const parseMs: number[] = [];
    for (let turn = 0; turn < runs; turn += 1) {
      parseMs.push(await timed(() => parseLines(path)));
      const before = process.cpuUsage();
      replayMs.push(await timed(() => createRolloutStore(root).read(rolloutId)));
      const { user, system } = process.cpuUsage(before);
      processorMs.push((user + system) / 1_000);
    }
    const journal = await createRolloutStore(root).read(rolloutId);
    if (JSON.stringify(journal.state) !== JSON.stringify(rollout.state)) {
      throw new Error(`replay gave another state: ${journal.problem?.message ?? "the chain holds"}`);
    }
    const slowestMs = Math.max(firstMs, ...replayMs);
    const evidenceMs = await timed(() => journal.check(checks - 50));
    const timelineMs = await timed(() =>
      journal.timeline({ beforeSequence: null, limit: 100, notableOnly: true }),
    );
    const medianMs = percentile(replayMs, 0.5);
    const decisionMs = percentile(rollout.decideMs, 0.5);
    return [
      {
        name: `journal of ${checks.toLocaleString("en-US")} checks`,
        value: rounded(bytes / 1e6),
        unit: "MB",
      },
      { name: "journal per entry", value: rounded(bytes / journal.entries / 1_000), unit: "kB" },
      {
        name: `replay of 27.5 h with a check every 10 s (median of ${runs})`,
        value: rounded(medianMs / 1_000),
        unit: "s",
        ratio: rounded(medianMs / percentile(parseMs, 0.5)),
        ratioTo: "JSON.parse of its lines alone",
      },
      {
        name: "the same, slowest (the first one included)",
        value: rounded(slowestMs / 1_000),
        unit: "s",
        target: `at most ${longestReplayMs / 1_000} s`,
        met: slowestMs <= longestReplayMs,
      },
      {
        name: "processor time of it, median",
        value: rounded(percentile(processorMs, 0.5) / 1_000),
        unit: "s",
      },
      { name: "evidence of an old check after that", value: rounded(evidenceMs), unit: "ms" },
      { name: "newest 100 notable entries after that", value: rounded(timelineMs), unit: "ms" },
      {
        name: "decision of a check, median",
        value: rounded(decisionMs),
        unit: "ms",
        target: `at most ${longestDecisionMs} ms`,
        met: decisionMs <= longestDecisionMs,
      },
      {
        name: "decision of a check, 99th percentile",
        value: rounded(percentile(rollout.decideMs, 0.99)),
        unit: "ms",
      },
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
