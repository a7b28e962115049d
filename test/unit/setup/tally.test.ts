import { describe, expect, it } from "vitest";
import { closingLine, sumTallies, tallyReport } from "../../../resources/suites/tally.mjs";

const file = (statuses: readonly string[], status = statuses.includes("failed") ? "failed" : "passed") => ({
  name: "a.test.ts",
  status,
  assertionResults: statuses.map((each, index) => ({ status: each, fullName: `test ${index + 1}` })),
});
const report = (...testResults: readonly unknown[]) => ({ testResults });

describe("tallyReport", () => {
  it("counts what passed and failed over all files", () => {
    const tally = tallyReport(report(file(["passed", "failed"]), file(["passed"])), 1);
    expect(tally).toEqual({ passed: 2, failed: 1, problems: [] });
  });

  it("fails a suite without a report", () => {
    expect(tallyReport(undefined, 0)).toEqual({ passed: 0, failed: 1, problems: ["it wrote no report"] });
  });

  it("fails a suite that ran no test, whatever it exited with", () => {
    expect(tallyReport(report(), 0)).toEqual({ passed: 0, failed: 1, problems: ["it ran no test"] });
    expect(tallyReport(report(file([])), 0).failed).toBe(1);
  });

  it.each(["pending", "skipped", "todo", "disabled"])("fails a test that is %s", (status) => {
    const tally = tallyReport(report(file(["passed", status])), 0);
    expect(tally).toEqual({ passed: 1, failed: 1, problems: ["did not run: test 2"] });
  });

  it("fails a file that broke outside its tests", () => {
    const tally = tallyReport(report(file(["passed"]), file([], "failed")), 1);
    expect(tally).toEqual({ passed: 1, failed: 1, problems: ["failed outside its tests: a.test.ts"] });
  });

  it.each([1, null])("fails a run that ended with %s although every test passed", (code) => {
    expect(tallyReport(report(file(["passed"])), code).failed).toBe(1);
  });
});

it("sums suites into the closing line", () => {
  const total = sumTallies([
    { passed: 4, failed: 0, problems: [] },
    { passed: 10, failed: 2, problems: ["it ran no test"] },
  ]);
  expect(closingLine(total)).toBe("14 passed, 2 failed");
  expect(total.problems).toEqual(["it ran no test"]);
});
