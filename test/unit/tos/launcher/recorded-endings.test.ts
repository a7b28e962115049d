import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ScriptError } from "#domain/tos/launcher/outcome";
import { runReport } from "#domain/tos/launcher/run-report";
import { testReport } from "#domain/tos/launcher/test-report";
import { readOutcome } from "../../../../main/tos/launcher/project-outcome";

const golden = join(import.meta.dirname, "../../../golden/tos");

const table = await readFile(join(golden, "INDEX.tsv"), "utf8");
const [header = "", ...rows] = table.trimEnd().split("\n");
const columns = header.split("\t");
const recorded = rows.map((row) => {
  const cells = row.split("\t");
  const cell = (name: string): string => cells[columns.indexOf(name)] ?? "";
  return {
    run: cell("run"),
    orchestrator: Number(cell("orchestrator_exit")),
    runExit: Number(cell("derived_launcher_run_exit")),
    testExit: Number(cell("derived_launcher_test_exit")),
  };
});

/** 1 when the report failed or broke off. */
function exitOf(report: Generator<string, boolean>, good: boolean): number {
  try {
    for (;;) {
      const { done, value } = report.next();
      if (done === true) return value === good ? 0 : 1;
    }
  } catch (error) {
    expect(error).toBeInstanceOf(ScriptError);
    return 1;
  }
}

describe("how the launcher ends after every recorded run", () => {
  test("all recorded runs are there", () => {
    expect(recorded.length).toBeGreaterThan(90);
  });

  test.each(recorded)("$run", async ({ run, orchestrator, runExit, testExit }) => {
    const outcome = await readOutcome(join(golden, "scenarios", run, "out/after"));
    const ran = orchestrator === 0 ? exitOf(runReport(outcome), false) : orchestrator;
    const tested = exitOf(testReport(outcome, orchestrator), true);
    expect([ran, tested]).toEqual([runExit, testExit]);
  });
});
