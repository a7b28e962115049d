import { describe, expect, test } from "vitest";
import { foldersAbove, isBelow, relativeTo } from "#domain/tos/repository/byte-path";
import { checkpointsAmong, parseCommits } from "#domain/tos/repository/commits";
import { parseLastCheckpoint, printLastCheckpoint } from "#domain/tos/repository/last-checkpoint";
import { parseTree } from "#domain/tos/repository/ls-tree";
import { parseNumberedChanges } from "#domain/tos/repository/numbered-changes";
import { quotedPath } from "#domain/tos/repository/quoted-path";
import { parseStatus } from "#domain/tos/repository/status";
import { parseTreeChanges } from "#domain/tos/repository/tree-change";
import {
  pathOfRecord,
  pathOfText,
  recordedPath,
  textOfPath,
} from "../../../../main/tos/repository/disk-path";

const hash = "a".repeat(40);
const other = "b".repeat(40);

describe("git status", () => {
  test("names branch, commit and every kind of entry, whatever stands in a name", () => {
    const modes = "100644 100644 100644";
    const text = [
      `# branch.oid ${hash}`,
      "# branch.head main",
      "# branch.ab +0 -0",
      `1 .M N... ${modes} ${hash} ${hash} with space and\nline`,
      `1 D. N... ${modes} ${hash} ${hash} gone`,
      `1 AM N... ${modes} ${hash} ${hash} new`,
      `1 .M S..U ${modes} ${hash} ${hash} module`,
      `1 .T N... ${modes} ${hash} ${hash} link`,
      `2 R. N... ${modes} ${hash} ${hash} R100 after`,
      "before",
      `u UU N... ${modes} 100644 ${hash} ${hash} ${hash} both`,
      "? -dash",
      "! ignored",
      "",
    ].join("\0");
    const { head, branch, entries } = parseStatus(text);
    expect({ head, branch }).toEqual({ head: hash, branch: "main" });
    expect(
      entries.map(({ path, code, kind, staged, unstaged }) => [path, code, kind, staged, unstaged]),
    ).toEqual([
      ["with space and\nline", " M", "modified", false, true],
      ["gone", "D ", "deleted", true, false],
      ["new", "AM", "added", true, true],
      ["module", " M", "modified", false, true],
      ["link", " T", "type-changed", false, true],
      ["after", "R ", "renamed", true, false],
      ["both", "UU", "unmerged", true, true],
      ["-dash", "??", "untracked", false, true],
    ]);
    expect(entries.find(({ path }) => path === "after")?.originalPath).toBe("before");
    expect(entries.filter(({ submodule }) => submodule).map(({ path }) => path)).toEqual(["module"]);
  });

  test("tells a repository without commits and a detached HEAD", () => {
    expect(parseStatus("# branch.oid (initial)\0# branch.head main\0")).toMatchObject({ head: null });
    expect(parseStatus(`# branch.oid ${hash}\0# branch.head (detached)\0`)).toMatchObject({ branch: null });
    expect(() => parseStatus("x unknown\0")).toThrow(/unknown/);
  });
});

describe("checkpoints of a history", () => {
  const log = (...commits: [string, string, string][]): string =>
    commits.map(([name, parents, subject]) => `${name}\0${parents}\0Operator\0${60}\0${subject}\0`).join("");

  test("are the commits whose message begins with CHECKPOINT, counted from HEAD", () => {
    const commits = parseCommits(
      log(["c", "b", "later"], ["b", "a", "CHECKPOINT two"], ["a", "", "CHECKPOINT one"]),
    );
    expect(commits[0]).toEqual({
      hash: "c",
      parents: ["b"],
      author: "Operator",
      unixMs: 60_000,
      subject: "later",
    });
    expect(checkpointsAmong(commits, "a", 10)).toEqual([
      {
        hash: "b",
        subject: "CHECKPOINT two",
        author: "Operator",
        unixMs: 60_000,
        name: "two",
        isHead: false,
        isLast: false,
        commitsAfter: 1,
      },
      {
        hash: "a",
        subject: "CHECKPOINT one",
        author: "Operator",
        unixMs: 60_000,
        name: "one",
        isHead: false,
        isLast: true,
        commitsAfter: 2,
      },
    ]);
    expect(checkpointsAmong(commits, null, 1)).toHaveLength(1);
  });

  test("count only what does not lead to them where branches were merged", () => {
    const commits = parseCommits(
      log(["m", "x y", "merge"], ["x", "a", "CHECKPOINT x"], ["y", "a", "side"], ["a", "", "CHECKPOINT a"]),
    );
    expect(checkpointsAmong(commits, null, 10).map(({ name, commitsAfter }) => [name, commitsAfter])).toEqual(
      [
        ["x", 2],
        ["a", 3],
      ],
    );
  });
});

test.each([
  [`\uFEFF${hash}\r\n`, hash],
  [`  ${hash} \nsecond line`, hash],
  [hash, hash],
  ["\uFEFF\r\n", ""],
  ["", ""],
])("last_checkpoint.txt %j names %j (row 133)", (text, expected) => {
  expect(parseLastCheckpoint(text)).toBe(expected);
});

test("last_checkpoint.txt is written as the reference writes it, and read back", () => {
  expect(printLastCheckpoint(hash)).toBe(`\uFEFF${hash}\r\n`);
  expect(parseLastCheckpoint(printLastCheckpoint(hash))).toBe(hash);
});

test("differences of trees", () => {
  const text = `:000000 100644 ${"0".repeat(40)} ${hash} A\0a\nb\0:120000 000000 ${other} ${"0".repeat(40)} D\0link\0`;
  expect(parseTreeChanges(text)).toEqual([
    { path: "a\nb", oldMode: null, newMode: "100644", oldHash: "0".repeat(40), newHash: hash },
    { path: "link", oldMode: "120000", newMode: null, oldHash: other, newHash: "0".repeat(40) },
  ]);
  expect(() => parseTreeChanges("what\0path\0")).toThrow(/unknown difference/);
  expect([...parseTree(`100755 blob ${hash}\ttab\there\u0000160000 commit ${other}\tmodule\0`)]).toEqual([
    ["tab\there", { mode: "100755", hash }],
    ["module", { mode: "160000", hash: other }],
  ]);
});

test("numbered differences", () => {
  const raw = `:100644 100644 ${hash} ${other} M\0a b\0:000000 100644 ${hash} ${other} A\0picture\0`;
  expect(parseNumberedChanges(`${raw}3\t1\ta b\0-\t-\tpicture\0`)).toEqual([
    { path: "a b", change: "modified", additions: 3, deletions: 1 },
    { path: "picture", change: "added", additions: null, deletions: null },
  ]);
});

describe("paths", () => {
  test("are quoted as git reads them", () => {
    expect(quotedPath('a"\\\n é-ÿ')).toBe(String.raw`"a\042\134\012 \351-\377"`);
  });

  test("are shown relative to the project's folder", () => {
    expect(relativeTo("", "a/b")).toBe("a/b");
    expect(relativeTo("p/q", "p/q/a")).toBe("a");
    expect(relativeTo("p/q", "p/a")).toBe("../a");
    expect(relativeTo("p/q", "p/q")).toBe("../q");
    expect(relativeTo("p", "x/y")).toBe("../x/y");
    expect(foldersAbove("a/b/c")).toEqual(["a", "a/b"]);
    expect([isBelow("a/b", "a"), isBelow("ab", "a"), isBelow("a", "")]).toEqual([true, false, true]);
  });

  test.each(["plain", "日本.txt", "100%", "%41", "bad\u00ff\u0080", "mixed%\u00ff", "line\nbreak"])(
    "%j is recorded and read back as the same bytes",
    (name) => {
      const path = /[\u0080-\u00ff]/.test(name) ? name : pathOfText(name);
      expect(pathOfRecord(recordedPath(path))).toBe(path);
    },
  );

  test("are shown as text, bytes that are none as %XX", () => {
    expect(textOfPath(pathOfText("日本 100%"))).toBe("日本 100%");
    expect(textOfPath("bad\u00ff%")).toBe("bad%FF%25");
  });
});
