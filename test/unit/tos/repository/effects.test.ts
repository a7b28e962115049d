import { describe, expect, test } from "vitest";
import type { WalkedFolder } from "#domain/tos/repository/cleaned";
import { effectsOf, type Facts, type TouchedPath } from "#domain/tos/repository/effects";

const disk = (path: string) => ({ path, bytes: 1, mode: 0o644, signature: `signature of ${path}` });
const folder = (path: string, more: Partial<WalkedFolder> = {}): WalkedFolder => ({
  path,
  mode: 0o755,
  tracked: false,
  holds: false,
  moves: false,
  files: [],
  folders: [],
  ...more,
});
const facts = (more: Partial<Facts>): Facts => ({
  touched: [],
  inTheWay: [],
  foldersInTheWay: [],
  walked: folder("", { tracked: true }),
  keepEmptyFolders: false,
  untracked: new Set(),
  runState: [],
  ...more,
});
const touched = (path: string, more: Partial<TouchedPath>): TouchedPath => ({
  path,
  head: { mode: "100644", hash: "old" },
  goal: { mode: "100644", hash: "new" },
  disk: { ...disk(path), link: false, hash: "old" },
  kind: "tracked",
  emptyFolder: false,
  staysSame: false,
  ...more,
});
const said = (given: Partial<Facts>): string[] =>
  effectsOf(facts(given)).list.map(
    ({ path, kind, change, keep }) => `${path} ${kind} ${change}${keep ? " kept" : ""}`,
  );

describe("paths the move decides about", () => {
  test.each([
    ["a committed file that changes", {}, ["a tracked changed"]],
    ["one that goes", { goal: null }, ["a tracked removed"]],
    ["one that comes", { head: null, disk: null, kind: "ignored" as const }, ["a ignored restored"]],
    ["an ignored one in its place", { head: null, kind: "ignored" as const }, ["a ignored changed kept"]],
    [
      "bytes that no commit holds",
      { disk: { ...disk("a"), link: false, hash: "x" } },
      ["a tracked changed kept"],
    ],
    [
      "a link instead of a file",
      { disk: { ...disk("a"), link: true, hash: "old" } },
      ["a tracked changed kept"],
    ],
    ["a submodule that comes", { head: null, disk: null, goal: { mode: "160000", hash: "c" } }, []],
    ["one that stays as it is", { staysSame: true }, []],
  ])("%s", (_, more, expected) => {
    expect(said({ touched: [touched("a", more)] })).toEqual(expected);
  });

  test("an ignored file that the target has too stays, and is kept: moving back would take it", () => {
    const adopted = touched("a", { head: null, kind: "ignored", staysSame: true });
    expect(effectsOf(facts({ touched: [adopted] })).adopted).toEqual([adopted]);
    expect(effectsOf(facts({ touched: [touched("a", { staysSame: true })] })).adopted).toEqual([]);
  });
});

describe("what is cleaned", () => {
  const cache = folder("cache", { files: [disk("cache/x")], folders: [folder("cache/deep")] });

  test("files that are ignored no longer, and folders without anything else", () => {
    const { list, folders } = effectsOf(facts({ walked: folder("", { tracked: true, folders: [cache] }) }));
    expect(list.map(({ path }) => path)).toEqual(["cache/deep/", "cache/x"]);
    expect(folders.map(({ path }) => path)).toEqual(["cache/deep", "cache"]);
  });

  test("never a folder that holds something, nor one that has files of the target", () => {
    for (const more of [{ holds: true }, { tracked: true }]) {
      const { folders } = effectsOf(
        facts({ walked: folder("", { tracked: true, folders: [{ ...cache, ...more }] }) }),
      );
      expect(folders.map(({ path }) => path)).toEqual(["cache/deep"]);
    }
  });

  test("of empty folders in each other the outermost is named", () => {
    const empty = folder("e", { folders: [folder("e/f"), folder("e/g")] });
    expect(said({ walked: folder("", { tracked: true, folders: [empty] }) })).toEqual([
      "e/ untracked removed",
    ]);
  });

  test("for an undo empty folders stay", () => {
    const walked = folder("", { tracked: true, folders: [cache] });
    const { list, folders } = effectsOf(facts({ walked, keepEmptyFolders: true }));
    expect(list.map(({ path }) => path)).toEqual(["cache/x"]);
    expect(folders).toEqual([]);
  });
});

test("run state and things in the way are kept, and each path is named once", () => {
  expect(
    said({
      touched: [touched("logs", { head: null, disk: null, kind: "ignored" })],
      inTheWay: [{ ...disk("logs/steps/step_001.json"), kind: "ignored" }],
      runState: [disk("logs/steps/step_001.json"), disk("workspace/artifacts/phase_state.json")],
    }),
  ).toEqual([
    "logs ignored restored",
    "logs/steps/step_001.json ignored removed kept",
    "workspace/artifacts/phase_state.json run-state removed kept",
  ]);
});
