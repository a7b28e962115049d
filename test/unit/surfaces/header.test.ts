import { expect, test } from "vitest";
import { describeError } from "#domain/contract-error";
import { parseFixture } from "#domain/cycle/fixture";
import { browserAutomationDefinition } from "#domain/surfaces/browser-automation/definition";
import { defaultBrowserPolicy } from "#domain/surfaces/browser-automation/evaluate";
import { customCommandDefinition } from "#domain/surfaces/custom-command/definition";
import { defaultExecutionPolicy } from "#domain/surfaces/custom-command/policy";
import { dashboardDefinition } from "#domain/surfaces/dashboard/definition";
import { memoryDefinition } from "#domain/surfaces/memory/definition";
import { voiceDefinition } from "#domain/surfaces/voice/definition";
import { fixtureDocument, type FixtureDocument } from "./fixture-cases";

const custom = customCommandDefinition(defaultExecutionPolicy, () =>
  Promise.reject(new Error("not run here")),
);
const parsers: readonly (readonly [string, string, (text: string) => unknown])[] = [
  ["voice", "voice", (text) => parseFixture(voiceDefinition, text)],
  [
    "browser-automation",
    "browser automation",
    (text) => parseFixture(browserAutomationDefinition(defaultBrowserPolicy), text),
  ],
  ["dashboard", "dashboard", (text) => parseFixture(dashboardDefinition, text)],
  ["custom-command", "custom-command", (text) => parseFixture(custom, text)],
  ["memory", "memory", (text) => parseFixture(memoryDefinition, text)],
];

function refusalOf(parse: (text: string) => unknown, text: string): string {
  try {
    parse(text);
    return "accepted";
  } catch (error) {
    return describeError(error);
  }
}

test.each(parsers)("%s: the header and the common keys are checked in order", (surface, label, parse) => {
  const change = (edit: (fixture: FixtureDocument) => void) => {
    const fixture = fixtureDocument(surface, "mixed-outcomes");
    edit(fixture);
    return refusalOf(parse, JSON.stringify(fixture));
  };
  const first = (fixture: FixtureDocument) => {
    const [item] = fixture.cases;
    if (item === undefined) throw new Error("no case");
    return item;
  };
  expect(change(() => undefined)).toBe("accepted");
  expect(change((fixture) => Object.assign(fixture, { schema_version: 2, name: "", cases: [] }))).toBe(
    `schema_version: unsupported ${label} contract schema version 2 (expected 1)`,
  );
  expect(change((fixture) => Object.assign(fixture, { name: " ", cases: [] }))).toContain(
    "name: fixture name cannot be empty",
  );
  expect(change((fixture) => (fixture.cases = []))).toContain(
    "cases: fixture must include at least one case",
  );
  expect(change((fixture) => (first(fixture)["schema_version"] = 2))).toBe(
    `cases[0].schema_version: unsupported ${label} contract schema version 2 (expected 1)`,
  );
  expect(change((fixture) => (first(fixture).case_id = "\t"))).toContain("cases[0].case_id: expected a name");
  expect(
    change((fixture) =>
      fixture.cases.push({ ...first(fixture), case_id: ` ${String(first(fixture).case_id)} ` }),
    ),
  ).toContain("duplicate case_id");
  expect(change((fixture) => Object.assign(first(fixture).expected, { outcome: "failed" }))).toBe(
    `failed to parse ${label} contract fixture: cases[0].expected.outcome: expected one of success, malformed_input, retryable_failure, found "failed"`,
  );
  for (const [key, value] of [
    ["name", null],
    ["description", null],
    ["schema_version", "1"],
    ["cases", {}],
  ] as const) {
    expect(change((fixture) => Object.assign(fixture, { [key]: value }))).toContain(
      `contract fixture: ${key}: expected`,
    );
  }
  expect(change((fixture) => (first(fixture)["simulate_retryable_failure"] = 1))).toContain(
    "expected true or false, found 1",
  );
  expect(change((fixture) => Object.assign(fixture, { unknown: true }))).toBe("accepted");
});

test.each(parsers)("%s: text that is not strict JSON is refused with its place", (surface, label, parse) => {
  const text = JSON.stringify(fixtureDocument(surface, "mixed-outcomes"));
  const refusals: readonly (readonly [string, string])[] = [
    [
      text.replace('"schema_version":1', '"schema_version":1.0'),
      "schema_version: expected an integer from 0 to 4294967295, found 1.0",
    ],
    [
      text.replace('"schema_version":1', '"schema_version":1,"schema_version":1'),
      'duplicate key "schema_version" at line 1',
    ],
    [text.slice(0, -1), "at line 1 column"],
    [`${text} x`, "trailing characters"],
    ["", "unexpected end of text at line 1 column 1"],
    [`\uFEFF${text}`, "expected a JSON value"],
    ["[".repeat(100_000), "nesting deeper than 128 levels"],
  ];
  for (const [changed, message] of refusals) {
    expect(refusalOf(parse, changed)).toContain(message);
    expect(refusalOf(parse, changed)).toContain(`failed to parse ${label} contract fixture`);
  }
});
