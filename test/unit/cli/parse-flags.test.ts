import fc from "fast-check";
import { expect, test } from "vitest";
import { UsageError } from "../../../main/cli/failure";
import type { FlagDefinition } from "../../../main/cli/flags/definition";
import { parseCommandLine, parseOptions } from "../../../main/cli/flags/parse";
import { referenceFlags } from "../../../main/cli/reference";

const flags: readonly FlagDefinition[] = [
  { name: "run", kind: "boolean", command: true, help: "" },
  { name: "show", kind: "text", command: true, help: "" },
  { name: "deep", kind: "boolean", fallback: "true", help: "" },
  { name: "json", kind: "boolean", requires: "show", help: "" },
  { name: "limit", kind: "positive", fallback: "64", help: "" },
  { name: "delay", kind: "count", fallback: "0", help: "" },
  { name: "names", kind: "list", help: "" },
];

test.each([
  [["--deep"], true],
  [["--deep=true"], true],
  [["--deep", "false"], false],
  [["--deep=false"], false],
  [[], true],
])("%j makes a switch %s", (argv, value) => {
  expect(parseOptions(flags, argv, {}).boolean("deep")).toBe(value);
});

test("values come from the flag, then its variable, then its default", () => {
  expect(parseOptions(flags, ["--limit=3"], { TAU_LIMIT: "2" }).number("limit")).toBe(3);
  expect(parseOptions(flags, [], { TAU_LIMIT: "2" }).number("limit")).toBe(2);
  expect(parseOptions(flags, [], { TAU_LIMIT: "" }).number("limit")).toBe(64);
});

test("lists are split at commas and grow when repeated", () => {
  expect(parseOptions(flags, ["--names", "a, b,,", "--names=c"], {}).list("names")).toEqual(["a", "b", "c"]);
  expect(parseOptions(flags, [], {}).list("names")).toEqual([]);
});

test("a value may hold an equals sign and begin with one dash", () => {
  expect(parseOptions(flags, ["--show=a=b"], {}).text("show")).toBe("a=b");
  expect(parseOptions(flags, ["--show", "-x"], {}).text("show")).toBe("-x");
});

test("exactly one command is given; a switch set to false is none", () => {
  expect(parseCommandLine(flags, ["--run=false", "--show", "x", "--json"], {}).command).toBe("show");
  expect(() => parseCommandLine(flags, ["--run", "--show", "x"], {})).toThrow(UsageError);
  expect(() => parseCommandLine(flags, ["--run", "--json"], {})).toThrow("'--json' requires '--show'");
  expect(() => parseCommandLine(flags, ["--run"], { TAU_JSON: "true" })).not.toThrow();
});

test("no command line crashes the parser: it is parsed, or refused with a UsageError", () => {
  const names = referenceFlags.map((flag) => `--${flag.name}`);
  const token = fc.oneof(
    fc.constantFrom(...names),
    fc.tuple(fc.constantFrom(...names), fc.string()).map(([name, value]) => `${name}=${value}`),
    fc.constantFrom("0", "1", "true", "false", "x", "-1", "99999999999999999999", "__proto__", "--__proto__"),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 6 }), (argv) => {
      try {
        const { command } = parseCommandLine(referenceFlags, argv, {});
        expect(referenceFlags.some((flag) => flag.name === command && flag.command)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
    { numRuns: 3_000 },
  );
});

test("every flag has a name of its own, and requires one that exists", () => {
  const names = referenceFlags.map((flag) => flag.name);
  expect(new Set(names).size).toBe(names.length);
  for (const { requires } of referenceFlags) if (requires !== undefined) expect(names).toContain(requires);
});
