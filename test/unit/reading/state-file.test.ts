import { describe, expect, test } from "vitest";
import { parseLiveSummary } from "#domain/reading/live-summary";
import { parseStateFile } from "#domain/reading/state-file";
import { liveSummary } from "./sources";

const state = (fields: object): string => JSON.stringify({ schema_version: 1, health: {}, ...fields });
const problem = (result: { ok: boolean; problem?: string }): string =>
  result.ok ? "" : (result.problem ?? "");

describe("a state file", () => {
  test("absent health keys are 0, unknown keys are ignored", () => {
    const parsed = parseStateFile(
      state({ processed_case_keys: ["a", "b"], interactions: [{}], health: { failure_streak: 2, new: 1 } }),
    );
    expect(parsed).toMatchObject({
      ok: true,
      facts: { processedCaseCount: 2, health: { failure_streak: 2, queue_depth: 0 } },
    });
  });

  test.each([
    ["empty", "", /empty/u],
    ["half-written", '{"schema_version":1,"health":{"queue', /not JSON/u],
    ["another schema version", state({ schema_version: 2 }), /schema_version: expected 1, found 2/u],
    ["no schema version", '{"health":{}}', /schema_version: missing field/u],
    [
      "a null field",
      state({ health: { queue_depth: null } }),
      /health\.queue_depth: expected an integer .*found null/u,
    ],
    ["a negative count", state({ health: { queue_depth: -1 } }), /health\.queue_depth/u],
    ["a count with a fraction", '{"schema_version":1,"health":{"queue_depth":1.0}}', /health\.queue_depth/u],
    [
      "a repeated key",
      '{"schema_version":1,"health":{"queue_depth":1,"queue_depth":2}}',
      /duplicate key "queue_depth"/u,
    ],
    ["null health", state({ health: null }), /health: expected an object, found null/u],
    ["no health at all", '{"schema_version":1}', /health: missing field/u],
    [
      "keys that are not texts",
      state({ processed_case_keys: [1] }),
      /processed_case_keys\[0\]: expected a string/u,
    ],
    ["a list", "[1]", /expected an object, found an array/u],
    ["another program's file", '{"name":"gatehouse","version":"1.0.0"}', /schema_version/u],
    ["a byte order mark", `\ufeff${state({})}`, /not JSON/u],
  ])("%s is refused, and the problem names the field", (_name, text, expected) =>
    expect(problem(parseStateFile(text))).toMatch(expected),
  );
});

describe("a browser live summary", () => {
  const summary = liveSummary();

  test("reads as it was written", () =>
    expect(parseLiveSummary(JSON.stringify(summary))).toEqual({ ok: true, facts: summary }));

  test.each([
    ["empty", "", /empty/u],
    ["not JSON", "{", /not JSON/u],
    ["a state it cannot have", JSON.stringify({ ...summary, health_state: "failing" }), /health_state/u],
    ["a missing figure", JSON.stringify({ ...summary, artifact_records: undefined }), /artifact_records/u],
    [
      "a step that is none",
      JSON.stringify({ ...summary, timeline: [{ replay_step: "ok" }] }),
      /timeline\.0\./u,
    ],
  ])("%s is refused, and the problem names the field", (_name, text, expected) =>
    expect(problem(parseLiveSummary(text))).toMatch(expected),
  );
});
