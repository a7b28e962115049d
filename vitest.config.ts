import { defineConfig } from "vitest/config";

const setupFiles = ["test/support/fail-on-console.ts"];
const globalSetup = ["test/support/build-once.ts"];

/**
 * One project for each suite that `npm test` counts. The machine is expected to have two cores, so the suite
 * that opens windows runs one file at a time.
 */
export default defineConfig({
  test: {
    allowOnly: false,
    passWithNoTests: false,
    // A deadline, not a claim: a condition may take its time on a machine that does other things as well.
    expect: { poll: { timeout: 15_000 } },
    // Vitest leaves one processor to itself, which halves a machine of two.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.{ts,tsx}"],
          setupFiles,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          setupFiles,
          globalSetup,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          setupFiles,
          globalSetup,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "electron",
          include: ["test/electron/**/*.test.ts"],
          setupFiles,
          globalSetup,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
