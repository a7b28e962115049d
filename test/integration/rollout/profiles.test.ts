import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { beforeEach, describe, expect, it } from "vitest";
import { builtInProfiles } from "../../../main/domain/rollout/built-in-profiles";
import { readStartChoices } from "../../../main/rollout/profiles";
import { temporaryFolder } from "../../support/temporary-folder";

const [builtInDefault, builtInRehearsal] = builtInProfiles;
let workspace: string;
const file = (name: string): string => join(workspace, ".gatehouse/profiles", name);
beforeEach(async () => {
  workspace = await temporaryFolder();
  await mkdir(file(""), { recursive: true });
});

const profile = (change: object = {}): string => JSON.stringify({ ...builtInDefault, id: "ours", ...change });

describe("the profiles of a workspace", () => {
  it("are the built-in ones where it has none, whether or not it has the folder", async () => {
    const builtIn = {
      profiles: builtInProfiles.map((each) => ({ profile: each, source: "built in" })),
      problems: [],
      candidate: null,
      candidateSource: "",
    };
    expect(await readStartChoices(workspace)).toEqual(builtIn);
    await rm(file(""), { recursive: true });
    expect(await readStartChoices(workspace)).toEqual(builtIn);
  });

  it("overlay the built-in ones by name and add their own", async () => {
    await writeFile(file("rehearsal.json"), profile({ id: "rehearsal", title: "Ours", rehearsal: true }));
    await writeFile(file("ours.json"), `\uFEFF${profile()}`);
    await writeFile(file("notes.txt"), "not a profile");
    const { profiles, problems } = await readStartChoices(workspace);
    expect(problems).toEqual([]);
    expect(profiles.map(({ profile: { id, title }, source }) => [id, title, source])).toEqual([
      ["default", builtInDefault?.title, "built in"],
      ["rehearsal", "Ours", ".gatehouse/profiles/rehearsal.json"],
      ["ours", builtInDefault?.title, ".gatehouse/profiles/ours.json"],
    ]);
  });

  it.each([
    ["not JSON", "{", /^\.gatehouse\/profiles\/ours\.json is not valid JSON: .* at line 1 column 2$/],
    ["empty", "", /ours\.json is not valid JSON: unexpected end of text/],
    ["a key given twice", '{"id": "ours", "id": "ours"}', /duplicate key "id"/],
    [
      "an unknown key",
      profile({ soak: 1 }),
      /ours\.json: soak: unknown key; expected one of schemaVersion, id, /,
    ],
    ["a misspelt key", profile({ titel: "x" }), /titel: unknown key; .*; did you mean "title"\?/],
    [
      "a wrong kind",
      profile({ rehearsal: "no" }),
      /ours\.json: rehearsal: expected true or false, found "no"$/,
    ],
    [
      "too short an interval",
      profile({ checkIntervalMs: 5 }),
      /checkIntervalMs: expected a whole number from 100 to 2592000000, found 5$/,
    ],
    ["too few phases", profile({ phases: [] }), /phases: expected a list with exactly 5 entries, found 0$/],
    [
      "an unknown gate",
      profile({ phases: builtInDefault?.phases.map((phase) => ({ ...phase, gates: ["G14"] })) }),
      /phases\[0\]\.gates\[0\]: expected "G1" or .* or "G13", found "G14"/,
    ],
    [
      "a hook without a program",
      profile({ percentHook: {} }),
      /percentHook\.program: expected text that is not blank, found nothing$/,
    ],
    [
      "a hook of another kind",
      profile({ percentHook: "run" }),
      /percentHook: expected an object with keys among program, .*, or null, found "run"$/,
    ],
    [
      "a window at no time of day",
      profile({
        freezeWindows: [
          { id: "night", title: "Night", weekdays: [], from: "24:00", to: "06:00", timeZone: "UTC" },
        ],
      }),
      /freezeWindows\[0\]\.from: expected a time of day, HH:MM, found "24:00"$/,
    ],
    [
      "an id that is not its name",
      profile({ id: "theirs" }),
      /ours\.json: id: expected "ours", the file's name, found "theirs"$/,
    ],
    [
      "an inconsistency",
      profile({ maximumEvidenceAgeMs: 100 }),
      /ours\.json: maximumEvidenceAgeMs: expected at least checkIntervalMs/,
    ],
  ])("are refused for %s, by file, field and what was expected", async (_name, text, problem) => {
    await writeFile(file("ours.json"), text);
    const { profiles, problems } = await readStartChoices(workspace);
    expect(problems.join("\n")).toMatch(problem);
    expect(profiles.map(({ source }) => source)).toEqual(["built in", "built in"]);
  });

  it("hide the built-in profile they were meant to replace when they cannot be used", async () => {
    await writeFile(file("default.json"), "{}");
    const { profiles, problems } = await readStartChoices(workspace);
    expect(profiles).toEqual([{ profile: builtInRehearsal, source: "built in" }]);
    expect(problems[0]).toMatch(
      /^\.gatehouse\/profiles\/default\.json: schemaVersion: expected 1, found nothing$/,
    );
  });

  it("that are no files are told apart, without waiting for them", async () => {
    await execa("mkfifo", [file("pipe.json")]);
    await mkdir(file("folder.json"));
    await writeFile(file("bytes.json"), Buffer.from([0xff]));
    expect((await readStartChoices(workspace)).problems).toEqual([
      ".gatehouse/profiles/bytes.json: it is not UTF-8 text",
      ".gatehouse/profiles/folder.json: it is a directory, expected a file",
      ".gatehouse/profiles/pipe.json: it is not a regular file",
    ]);
    await rm(file(""), { recursive: true });
    await writeFile(file(""), "");
    expect((await readStartChoices(workspace)).problems).toEqual([
      ".gatehouse/profiles: a part of its path is a file, expected a directory (ENOTDIR)",
    ]);
  });
});

describe("the candidate a workspace proposes", () => {
  const candidate = { version: "2.8.0", commit: "7c1e5d2a9b", createdUnixMs: 5 };
  const write = async (content: object): Promise<void> => {
    await mkdir(join(workspace, ".gatehouse/evidence"), { recursive: true });
    await writeFile(join(workspace, ".gatehouse/evidence/candidate.json"), JSON.stringify(content));
  };

  it("comes with the file it was read from", async () => {
    await write({ schemaVersion: 1, ...candidate });
    expect(await readStartChoices(workspace)).toMatchObject({
      candidate,
      candidateSource: ".gatehouse/evidence/candidate.json",
      problems: [],
    });
  });

  it("is none when its file is malformed, and the file is named", async () => {
    await write({ schemaVersion: 1, ...candidate, commit: "HEAD" });
    expect(await readStartChoices(workspace)).toMatchObject({
      candidate: null,
      candidateSource: "",
      problems: [
        expect.stringMatching(/^\.gatehouse\/evidence\/candidate\.json: commit: expected a git commit hash/),
      ],
    });
  });
});
