import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findCommand } from "../../../resources/setup/system-packages.mjs";
import { rounds, seed } from "../../support/depth";
import { bundleProgram } from "../../support/bundle";
import type { RehearsalReport } from "./wall-clock/rehearse";

const runs = rounds(24, 1_000);
/** Rollouts beside each other in one process: they wait for most of their time. */
const atOnce = rounds(12, 24);
const processes = Math.min(rounds(1, 2), availableParallelism());

let program: Awaited<ReturnType<typeof bundleProgram>>;
beforeAll(async () => {
  program = await bundleProgram("test/integration/rollout/wall-clock/main.ts");
});
afterAll(() => program.remove());

/** The library that Debian's `faketime` preloads, wherever the architecture has it. */
async function faketimeLibrary(): Promise<string> {
  if ((await findCommand("faketime")) === undefined) throw new Error("faketime is not installed");
  for (const folder of await readdir("/usr/lib", { withFileTypes: true })) {
    const found = join("/usr/lib", folder.name, "faketime");
    if (folder.isDirectory() && (await readdir(found).catch((): string[] => [])).includes("libfaketime.so.1"))
      return join(found, "libfaketime.so.1");
  }
  throw new Error("faketime is installed without its library");
}

it(`ends no phase on too little evidence in ${runs} rollouts while the wall clock is thrown about by up to two hours`, async () => {
  const library = await faketimeLibrary();
  const reports = await Promise.all(
    Array.from({ length: processes }, async (_, number) => {
      const { stdout } = await execa(
        process.execPath,
        [program.path, String(runs / processes), String(atOnce), String(seed + number)],
        {
          env: {
            LD_PRELOAD: library,
            FAKETIME: "+0s",
            // Seconds until a new offset is noticed; asking at every look at the clock takes most of the time.
            FAKETIME_CACHE_DURATION: "1",
            FAKETIME_DONT_FAKE_MONOTONIC: "1",
            NO_FAKE_STAT: "1",
          },
        },
      );
      return JSON.parse(stdout) as RehearsalReport;
    }),
  );
  expect(reports.flatMap(({ violations }) => violations)).toEqual([]);
  const sum = (of: (report: RehearsalReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0);
  expect(sum(({ completed }) => completed)).toBe(runs);
  expect(sum(({ promotions }) => promotions)).toBe(5 * runs);
  // The clock was really thrown about in the middle of them.
  expect(sum(({ jumps }) => jumps)).toBeGreaterThan(runs);
});
