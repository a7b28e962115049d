import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkConfig } from "#domain/tos/config-check/check-config";
import { configDiff, mergedEdit } from "../../../renderer/src/features/tos/config/config-diff";
import {
  broughtBack,
  draftStanding,
  putBack,
  withFile,
  withLineEnds,
} from "../../../renderer/src/features/tos/config/config-draft";
import {
  keyPlaces,
  pathOfProblem,
  placeOfProblem,
  ruleOfProblem,
} from "../../../renderer/src/features/tos/config/problem-place";

const text = `{
  "max_steps": "8",
  "execution_policy": {
    "stop_on_deny": "yes: {no}",
    "deny_if_contains": ["a", 7, "\\"c"]
  },
  "job loop": 1
}`;

describe("where a problem of the configuration stands", () => {
  it("is found for every problem the check reports, at the key or the nearest one above", () => {
    const { problems } = checkConfig(text);
    const found = Object.fromEntries(
      problems.map((problem) => [
        pathOfProblem(problem) ?? problem,
        placeOfProblem(text, problem)?.line ?? null,
      ]),
    );
    expect(found).toMatchObject({
      max_steps: 2,
      "execution_policy.stop_on_deny": 4,
      "execution_policy.deny_if_contains[1]": 5,
      "execution_policy.default_action": 3,
      '"job loop"': 7,
      config_version: null,
    });
    expect(problems.filter((problem) => ruleOfProblem(problem) === "G20").map(pathOfProblem)).toEqual([
      '"job loop"',
    ]);
  });

  it("selects the key itself", () => {
    const place = placeOfProblem(
      text,
      "config_v0_3.json: execution_policy.stop_on_deny: expected true or false",
    );
    expect(text.slice(place?.offset, (place?.offset ?? 0) + (place?.length ?? 0))).toBe('"stop_on_deny"');
  });

  it("is the line and column of a text that is no JSON", () => {
    const broken = '{\n  "a": 1,\n  "b" 2\n}';
    const [problem = ""] = checkConfig(broken).problems;
    expect(placeOfProblem(broken, problem)?.line).toBe(3);
    expect(placeOfProblem(broken, "is not valid JSON at line 99 column 99")).toEqual({
      line: 4,
      offset: broken.length,
      length: 1,
    });
  });

  it("is found in any object however it is printed, and demands nothing of a text", () => {
    const key = fc.stringMatching(/^[a-z_]{1,6}$/);
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.dictionary(key, fc.oneof(fc.integer(), fc.string(), fc.array(fc.string())))),
        fc.integer({ min: 0, max: 4 }),
        (value, indent) => {
          const printed = JSON.stringify(value, null, indent);
          const places = keyPlaces(printed);
          for (const [outer, members] of Object.entries(value))
            for (const inner of Object.keys(members)) {
              const place = places.get(`${outer}.${inner}`);
              expect(printed.slice(place?.offset, (place?.offset ?? 0) + inner.length + 2)).toBe(
                `"${inner}"`,
              );
            }
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("{", "}", "[", "]", ":", ",", '"', "\\", "a", "\n", " ") }),
        (any) => void keyPlaces(any),
      ),
    );
  });
});

describe("an edit of the configuration", () => {
  const file = { text: "a\nb\n", digest: "1" };
  const later = { text: "a\nb\nc\n", digest: "2" };

  it("follows the file until something is typed", () => {
    const draft = withFile(null, file);
    expect(draftStanding(draft, file)).toBe("clean");
    expect(withFile(draft, later)).toMatchObject({ base: later, text: later.text });
  });

  it("stays when the file changes under it, and says so", () => {
    const draft = { ...withFile(null, file), text: "A\nb\n" };
    expect(draftStanding(draft, file)).toBe("edited");
    expect(withFile(draft, later)).toBe(draft);
    expect(draftStanding(draft, later)).toBe("conflict");
  });

  it("is no conflict when the file came to say the same", () => {
    const draft = { ...withFile(null, file), text: later.text };
    expect(withFile(draft, later)).toMatchObject({ base: later, text: later.text });
    expect(draftStanding(withFile(draft, later), later)).toBe("clean");
  });

  it("can be put back and brought back", () => {
    const draft = { ...withFile(null, file), text: "A\nb\n" };
    const back = putBack(draft, later);
    expect(back).toEqual({ base: later, text: later.text, setAside: "A\nb\n" });
    expect(putBack(back, later).setAside).toBe("A\nb\n");
    expect(broughtBack(back)).toEqual({ base: later, text: "A\nb\n", setAside: null });
  });

  it("keeps the file's line ends", () => {
    expect(withLineEnds("a\nc\n", "a\r\nb\r\n")).toBe("a\r\nc\r\n");
    expect(withLineEnds("a\nc\n", "a\nb\n")).toBe("a\nc\n");
    expect(withLineEnds("a\nc\n", "a\r\nb\n")).toBe("a\nc\n");
  });
});

describe("the difference an edit makes", () => {
  it("is empty for the same text, and otherwise numbers the lines of both sides", () => {
    expect(configDiff("a\nb\n", "a\nb\n")).toEqual([]);
    expect(configDiff("a\nb\nc\n", "a\nB\nc\n")).toEqual([
      { kind: "hunk", text: "@@ -1,3 +1,3 @@", before: null, after: null },
      { kind: "same", text: "a", before: 1, after: 1 },
      { kind: "removed", text: "b", before: 2, after: null },
      { kind: "added", text: "B", before: null, after: 2 },
      { kind: "same", text: "c", before: 3, after: 3 },
    ]);
  });

  it("is joined with another change elsewhere, and left to a person where they touch", () => {
    const base = `${Array.from({ length: 20 }, (_, index) => `line ${index}`).join("\n")}\n`;
    const mine = base.replace("line 2\n", "mine\n");
    const theirs = base.replace("line 15\n", "theirs\n");
    expect(mergedEdit(base, mine, theirs)).toBe(mine.replace("line 15\n", "theirs\n"));
    expect(mergedEdit(base, mine, base.replace("line 2\n", "other\n"))).toBeNull();
  });
});
