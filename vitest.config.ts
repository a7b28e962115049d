import { defineConfig } from "vitest/config";
import { ensurePace, limitsFor } from "./resources/suites/pace.mjs";
import { FileOrder } from "./resources/suites/file-order.mjs";
import { ProgressReporter, progressVariable } from "./resources/suites/progress-reporter.mjs";

const limits = limitsFor(ensurePace());
const testTimeout = process.env["GATEHOUSE_DEEP"] === "1" ? limits.deepTestMs : limits.testMs;
const progress = process.env[progressVariable];

const setupFiles = [
  "resources/suites/tell-progress.mjs",
  "test/support/fail-on-console.ts",
  "test/support/fixed-seed.ts",
];
const globalSetup = ["test/support/build-once.ts"];
const limited = { testTimeout, hookTimeout: limits.testMs };

/** One project for each suite that `npm test` counts. No limit is a claim about speed: each catches only what hangs. */
export default defineConfig({
  test: {
    allowOnly: false,
    passWithNoTests: false,
    expect: { poll: { timeout: limits.waitMs, interval: 20 } },
    // Vitest leaves one processor to itself, which halves a machine of two.
    maxWorkers: "100%",
    sequence: { sequencer: FileOrder },
    reporters: progress === undefined ? ["default"] : ["default", new ProgressReporter(progress)],
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["test/unit/**/*.test.{ts,tsx}"], setupFiles, ...limited },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          setupFiles,
          globalSetup,
          ...limited,
        },
      },
      {
        extends: true,
        test: { name: "e2e", include: ["test/e2e/**/*.test.ts"], setupFiles, globalSetup, ...limited },
      },
      {
        extends: true,
        test: {
          name: "electron",
          include: ["test/electron/**/*.test.ts"],
          setupFiles,
          globalSetup,
          ...limited,
        },
      },
    ],
  },
});
