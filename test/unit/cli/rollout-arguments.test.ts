import { describe, expect, test } from "vitest";
import {
  bindCommand,
  parseRolloutArguments,
  readDecided,
} from "../../../main/cli/commands/rollout/arguments";
import { parseMoment, readCandidate } from "../../../main/cli/commands/rollout/candidate";
import { UsageError } from "../../../main/cli/failure";

const proposed = { version: "v2.8.0", commit: "0123456789abcdef", createdUnixMs: 1_771_000_000_000 };

function startFlags(...argv: string[]) {
  return parseRolloutArguments(["start", ...argv]).flags;
}

describe("which command", () => {
  test.each([
    [[], /^no command was given; expected one of start, status, check, /],
    [["promte"], /^unexpected rollout command 'promte'; expected one of start, /],
    [["--json"], /^unexpected rollout command '--json'/],
    [["status", "--reason", "x"], /^unexpected argument '--reason' found/],
    [["pause", "--revision", "-1"], /'--revision <N>': expected a whole number of 0 or more/],
    [["rebaseline", "--surface", "fax"], /'fax' for '--surface <voice\|.*>': expected one of voice, /],
    [["history", "--limit", "0"], /'--limit <N>': expected a whole number of 1 or more/],
  ])("%j is refused with what was expected", (argv, message) => {
    expect(() => parseRolloutArguments(argv)).toThrow(UsageError);
    expect(() => parseRolloutArguments(argv)).toThrow(message);
  });
});

describe("a deciding command", () => {
  const decided = (argv: string[]) => {
    const { command, flags } = parseRolloutArguments(argv);
    if (["start", "status", "check", "history", "timeline"].includes(command)) throw new Error(command);
    return readDecided(command as "pause", flags);
  };

  test.each([["pause"], ["resume"], ["promote"], ["abort"], ["rollback"], ["retry-hook"]])(
    "%s needs a reason",
    (command) => {
      expect(() => decided([command])).toThrow(/'--reason <TEXT>' is required/);
    },
  );

  test("a rebaseline needs its surface and a reason", () => {
    expect(() => decided(["rebaseline", "--reason", "rotated"])).toThrow(
      /'--surface <voice\|.*' is required/,
    );
    expect(() => decided(["rebaseline", "--surface", "voice"])).toThrow(/'--reason <TEXT>' is required/);
    const rebaseline = decided(["rebaseline", "--surface", "voice", "--reason", "rotated"]);
    expect(bindCommand(rebaseline, "r1", 7)).toEqual({
      command: "rebaseline",
      rolloutId: "r1",
      revision: 7,
      reason: "rotated",
      surface: "voice",
    });
  });

  test("is bound to the revision that is given, a promotion with its reason inside a freeze window", () => {
    const promote = decided([
      "promote",
      "--reason=ready",
      "--revision=12",
      "--freeze-override-reason",
      "fire",
    ]);
    expect(promote.revision).toBe(12);
    expect(bindCommand(promote, "r1", 12)).toEqual({
      command: "promote",
      rolloutId: "r1",
      revision: 12,
      reason: "ready",
      freezeOverrideReason: "fire",
    });
    const plain = decided(["promote", "--reason", "ready"]);
    expect(plain.revision).toBeNull();
    expect(bindCommand(plain, "r1", 0)).toMatchObject({ freezeOverrideReason: null });
  });

  test("a reason the journal would not take names its flag", () => {
    const long = decided(["abort", "--reason", "x".repeat(501)]);
    expect(() => bindCommand(long, "r1", 0)).toThrow(/^invalid value for '--reason': /);
  });
});

describe("the candidate", () => {
  test("is what the workspace proposes, with what is given in its place", () => {
    expect(readCandidate(startFlags(), { candidate: proposed, problems: [] })).toEqual(proposed);
    const flags = startFlags("--candidate-version", "v3", "--candidate-created", "2026-11-21T05:00:00+01:00");
    expect(readCandidate(flags, { candidate: proposed, problems: [] })).toEqual({
      version: "v3",
      commit: proposed.commit,
      createdUnixMs: Date.UTC(2026, 10, 21, 4),
    });
  });

  test("that is neither given nor proposed names the flag, and why the file does not help", () => {
    expect(() => readCandidate(startFlags(), { candidate: null, problems: [] })).toThrow(
      "the argument '--candidate-version <TEXT>' is required: .gatehouse/evidence/candidate.json proposes none",
    );
    const problem = ".gatehouse/evidence/candidate.json: commit: expected a git commit hash";
    const flags = startFlags("--candidate-version", "v3", "--candidate-created", "1771000000000");
    expect(() => readCandidate(flags, { candidate: null, problems: ["other", problem] })).toThrow(
      `the argument '--candidate-commit <TEXT>' is required: ${problem}`,
    );
  });

  test("with a commit that is none names the flag and what was expected", () => {
    const flags = startFlags("--candidate-commit", "HEAD");
    expect(() => readCandidate(flags, { candidate: proposed, problems: [] })).toThrow(
      /^invalid value for '--candidate-commit': expected a git commit hash/,
    );
  });

  test.each([
    ["2026-11-21T05:00:00Z", Date.UTC(2026, 10, 21, 5)],
    ["2026-11-21T05:00Z", Date.UTC(2026, 10, 21, 5)],
    ["2026-11-21T05:00:00.25-02:30", Date.UTC(2026, 10, 21, 7, 30, 0, 250)],
    ["2028-02-29T00:00:00Z", Date.UTC(2028, 1, 29)],
    ["1771000000000", 1_771_000_000_000],
  ])("exists since %s", (text, unixMs) => {
    expect(parseMoment(text, "candidate-created")).toBe(unixMs);
  });

  test.each([
    "yesterday",
    "2026-11-21",
    "2026-11-21T05:00:00",
    "2026-02-30T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-21T24:00:00Z",
    "1771000000",
    "99999999999999999999",
    "-1",
  ])("does not exist since %s", (text) => {
    expect(() => parseMoment(text, "candidate-created")).toThrow(
      /^invalid value '.*' for '--candidate-created <TEXT>': expected ISO 8601 with a zone, .* or Unix milliseconds$/,
    );
  });
});
