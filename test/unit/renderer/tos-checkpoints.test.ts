import { describe, expect, it } from "vitest";
import type { Checkpoint, PreviewFile, RepositoryView, TreeEntry } from "#contract/tos/repository";
import { proposedName } from "../../../renderer/src/features/tos/checkpoints/checkpoint-name";
import {
  compareChoices,
  untrackedFiles,
  workingTree,
} from "../../../renderer/src/features/tos/checkpoints/compare-choices";
import { distinctObstacles } from "../../../renderer/src/features/tos/checkpoints/dialogs/distinct-obstacles";
import { fileGroups, lostFiles } from "../../../renderer/src/features/tos/checkpoints/dialogs/preview-groups";
import { previewRevision } from "../../../renderer/src/features/tos/checkpoints/dialogs/use-preview";

const evening = Date.UTC(2026, 10, 21, 23, 59);

describe("the proposed name of a checkpoint", () => {
  it("is that of the day in UTC, with a number where the day has one", () => {
    expect(proposedName(evening, [])).toBe("daily_20261121");
    expect(proposedName(evening, ["daily_20261121"])).toBe("daily_20261121_2");
    expect(proposedName(evening, ["daily_20261121", "daily_20261121_2", "daily_20261121_4"])).toBe(
      "daily_20261121_3",
    );
  });
});

function file(path: string, changes: Partial<PreviewFile> = {}): PreviewFile {
  return { path, kind: "tracked", change: "changed", bytes: 10, recoverable: true, note: "", ...changes };
}

describe("files of a preview", () => {
  it("are grouped by kind with their bytes; what cannot be brought back is counted", () => {
    const files = [
      file("b", { kind: "ignored", recoverable: false, bytes: 5 }),
      file("a"),
      file("c", { kind: "run-state", change: "removed" }),
      file("d", { change: "restored", bytes: null, recoverable: false }),
    ];
    expect(
      fileGroups(files).map(({ bytes, files: own, kind, lost }) => [kind, own.length, bytes, lost]),
    ).toEqual([
      ["tracked", 2, 10, 0],
      ["ignored", 1, 5, 1],
      ["run-state", 1, 10, 0],
    ]);
    // What merely comes back has no content that could be lost.
    expect(lostFiles(files).map(({ path }) => path)).toEqual(["b"]);
  });
});

describe("obstacles of an operation and its preview", () => {
  it("are told once where they are about the same, in the preview's words", () => {
    expect(
      distinctObstacles([
        "working tree is dirty (1 changed: look at the difference)",
        "a run is under way",
        "working tree is dirty: ?? a.txt",
      ]),
    ).toEqual(["working tree is dirty: ?? a.txt", "a run is under way"]);
  });
});

function commit(hash: string, subject: string): Pick<Checkpoint, "hash" | "subject" | "author" | "unixMs"> {
  return { hash, subject, author: "t", unixMs: 0 };
}

function checkpoint(hash: string, name: string): Checkpoint {
  return {
    ...commit(hash, `CHECKPOINT ${name}`),
    name,
    isHead: false,
    isLast: false,
    commitsAfter: 0,
  };
}

describe("what a commit can be compared with", () => {
  const checkpoints = [checkpoint("2222222222", "two"), checkpoint("1111111111", "one")];

  it("is the working tree, the other checkpoints, and HEAD where it is none of them", () => {
    const beyond = compareChoices({ checkpoints, head: commit("3333333333", "later") }, "1111111111");
    expect(beyond.from).toEqual({ label: "one", isCheckpoint: true });
    expect(beyond.to).toEqual([
      { value: workingTree, label: "the working tree" },
      { value: "3333333333", label: "HEAD, later" },
      { value: "2222222222", label: "two (22222222)" },
    ]);
    const atCheckpoint = compareChoices(
      { checkpoints, head: commit("2222222222", "CHECKPOINT two") },
      "1111111111",
    );
    expect(atCheckpoint.to.map(({ value }) => value)).toEqual([workingTree, "2222222222"]);
    const fromHead = compareChoices({ checkpoints, head: commit("3333333333", "later") }, "3333333333");
    expect(fromHead.from).toEqual({ label: "HEAD, later", isCheckpoint: false });
  });
});

describe("untracked files of a comparison with the working tree", () => {
  it("stand in its list, once", () => {
    const entry = (path: string, kind: TreeEntry["kind"]): TreeEntry => ({
      path,
      kind,
      staged: false,
      unstaged: true,
    });
    const changes = [entry("a", "modified"), entry("b", "untracked"), entry("c", "untracked")];
    const compared = [{ path: "c", change: "added", additions: 1, deletions: 0 }];
    expect(untrackedFiles({ changes }, compared)).toEqual([
      { path: "b", change: "untracked", additions: null, deletions: null },
    ]);
  });
});

describe("the revision of a preview", () => {
  const repository: RepositoryView = {
    state: "ready",
    problem: "",
    branch: "main",
    head: commit("1", "one"),
    changes: [],
    changeCount: 0,
    treeDigest: "clean",
    remote: null,
    lastCheckpoint: null,
    checkpoints: [],
    recoveries: [],
    interrupted: null,
    readUnixMs: 1,
  };

  it("changes with what a rollback rests on, and not with the time it was read", () => {
    const revision = previewRevision(repository);
    expect(previewRevision({ ...repository, readUnixMs: 2 })).toBe(revision);
    const changed: readonly Partial<RepositoryView>[] = [
      { head: commit("2", "two") },
      { treeDigest: "dirty" },
      { lastCheckpoint: { path: "p", hash: "1", resolves: true, modifiedUnixMs: 0 } },
    ];
    for (const change of changed) expect(previewRevision({ ...repository, ...change })).not.toBe(revision);
  });
});
