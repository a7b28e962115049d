import { describe, expect, it } from "vitest";
import {
  closingLine,
  parseProgress,
  sumTallies,
  tallyRun,
  tallySuite,
  unfinishedTests,
} from "../../../resources/suites/tally.mjs";

type Entry = ReturnType<typeof parseProgress>[number];
type State = Extract<Entry, { event: "test" }>["state"];

const suite = "unit";
const end: Entry = { event: "end", unhandled: 0 };

/** What a file's tests report: each that it began, how each ended, the file's end. */
function file(states: readonly State[], name = "a.test.ts", failed = states.includes("failed")): Entry[] {
  const names = states.map((_, index) => `test ${index + 1}`);
  return [
    ...names.map((test): Entry => ({ event: "began", file: name, name: test })),
    ...states.map((state, index): Entry => ({
      event: "test",
      suite,
      file: name,
      name: names[index] ?? "",
      state,
      ms: 1,
    })),
    { event: "file", suite, file: name, failed, ms: 1 },
  ];
}

describe("the tally of a suite", () => {
  it("counts what passed and failed over all files", () => {
    const tally = tallySuite([...file(["passed", "failed"]), ...file(["passed"], "b.test.ts")], suite);
    expect(tally).toEqual({ passed: 2, failed: 1, problems: [] });
  });

  it("fails a suite that ran no test", () => {
    expect(tallySuite([], suite)).toEqual({ passed: 0, failed: 1, problems: ["it ran no test"] });
    expect(tallySuite(file([]), suite).failed).toBe(1);
    expect(tallySuite(file(["passed"]), "e2e").failed).toBe(1);
  });

  it("fails a test that is skipped", () => {
    const tally = tallySuite(file(["passed", "skipped"]), suite);
    expect(tally).toEqual({ passed: 1, failed: 1, problems: ["did not run: test 2"] });
  });

  it("fails a file that broke outside its tests", () => {
    const tally = tallySuite([...file(["passed"]), ...file([], "b.test.ts", true)], suite);
    expect(tally).toEqual({ passed: 1, failed: 1, problems: ["failed outside its tests: b.test.ts"] });
  });
});

describe("the tallies of a run", () => {
  const passed = [...file(["passed"]), end];

  it("are those of its suites when nothing else is wrong", () => {
    expect(tallyRun(passed, [suite], { code: 0, stopped: "" })).toEqual([
      { passed: 1, failed: 0, problems: [] },
    ]);
  });

  it.each([1, null])("fail when it ended with %s although every test passed", (code) => {
    expect(tallyRun(passed, [suite], { code, stopped: "" })[0]).toMatchObject({ passed: 1, failed: 1 });
  });

  it("fail when it ended before its tests had, or with errors that belong to no test", () => {
    const cut = tallyRun(file(["passed"]), [suite], { code: 0, stopped: "" });
    expect(cut[0]?.problems).toEqual(["it ended with code 0 before its tests had"]);
    const unhandled = tallyRun([...file(["passed"]), { event: "end", unhandled: 2 }], [suite], {
      code: 0,
      stopped: "",
    });
    expect(unhandled[0]?.problems).toEqual(["errors outside of tests: 2"]);
  });

  it("keep what had passed and name what was running when it is ended", () => {
    const entries = [...file(["passed"], "b.test.ts"), ...file(["passed", "passed"]).slice(0, 3)];
    expect(tallyRun(entries, [suite], { code: null, stopped: "ended by SIGTERM" })).toEqual([
      { passed: 2, failed: 2, problems: ["ended by SIGTERM", "it was running a.test.ts: test 2"] },
    ]);
  });
});

it("names the test that began last, and none of a file that has ended", () => {
  expect(unfinishedTests(file(["passed"]))).toEqual([]);
  expect(unfinishedTests(file(["passed", "passed"]).slice(0, -1))).toEqual(["a.test.ts: test 2"]);
});

it("reads a progress file up to a line that was cut short", () => {
  expect(parseProgress(`${JSON.stringify(end)}\n{"event":"te`)).toEqual([end]);
});

it("sums suites into the closing line", () => {
  const total = sumTallies([
    { passed: 4, failed: 0, problems: [] },
    { passed: 10, failed: 2, problems: ["it ran no test"] },
  ]);
  expect(closingLine(total)).toBe("14 passed, 2 failed");
  expect(total.problems).toEqual(["it ran no test"]);
});
