import { execa } from "execa";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { SurfaceReading } from "#contract/reading";
import { waitMs } from "../../support/limits";
import { temporaryFolder } from "../../support/temporary-folder";
import { startWatcher } from "./watching";

const writer = join(import.meta.dirname, "log-writer.mjs");

/** The part of a log's view that does not depend on when and how often it was read. */
const content = ({ log }: SurfaceReading) => ({
  ...log,
  generation: 0,
  freshness: log.freshness.status,
  progress: null,
});

test.each([1, 2, 3, 4, 5, 6])(
  "a log that another process appends to, truncates, rotates and replaces is followed to the same end (seed %i)",
  async (seed) => {
    const stateDir = join(await temporaryFolder(), "voice");
    await mkdir(stateDir);
    const watcher = await startWatcher(stateDir);
    await execa(process.execPath, [writer, join(stateDir, "runtime-events.jsonl"), "150", String(seed)]);
    const scratch = await startWatcher(stateDir);
    await vi.waitFor(
      () => {
        expect(scratch.reading().log.lastHealthReason).toMatch(new RegExp(` of ${seed}$`, "u"));
        expect(content(watcher.reading())).toEqual(content(scratch.reading()));
      },
      { timeout: waitMs, interval: 10 },
    );
    const answer = await watcher.events({
      surface: "voice",
      filter: { codes: [], states: ["degraded"], fromUnixMs: null, toUnixMs: null },
      offset: 0,
      limit: 500,
    });
    expect(answer.matching).toBe(watcher.reading().log.reasonCodeCounts["case_processing_failed"] ?? 0);
    for (const row of answer.rows) expect(row.cycle?.healthState).toBe("degraded");
  },
);
