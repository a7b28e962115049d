import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findCommand } from "../../../resources/setup/system-packages.mjs";
import { bundleProgram } from "../../support/bundle";
import type { RehearsalReport } from "./wall-clock/rehearse";

const runs = 1_000;
const atOnce = 24;

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

it(
  `ends no phase on too little evidence in ${runs} rollouts while the wall clock is thrown about by up to two hours`,
  { timeout: 600_000 },
  async () => {
    const library = await faketimeLibrary();
    const processes = Math.min(2, availableParallelism());
    const reports = await Promise.all(
      Array.from({ length: processes }, async () => {
        const { stdout } = await execa(
          process.execPath,
          [program.path, String(runs / processes), String(atOnce)],
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
  },
);
