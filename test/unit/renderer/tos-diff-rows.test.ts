import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTwoFilesPatch } from "diff";
import { execa } from "execa";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  diffRows,
  diffTotals,
  unquotedPath,
} from "../../../renderer/src/features/tos/checkpoints/diff/diff-rows";

/** Lines that look like parts of a diff, so that content is taken for a header if it can be. */
const line = fc.constantFrom("", "a", "b", "-- x", "++ y", "@@ -1 +1 @@", "diff --git a/x b/x", " ", "\\ z");

describe("rows of a unified diff", () => {
  it("hold both sides whole, whatever the lines say", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), (before, after) => {
        const [old, next] = [before, after].map((lines) => lines.map((text) => `${text}\n`).join(""));
        const patch = createTwoFilesPatch("a/x", "b/x", old ?? "", next ?? "", "", "", { context: 100 });
        const rows = diffRows(patch.slice(patch.indexOf("--- ")));
        const content = rows.filter(({ kind }) => kind !== "hunk" && kind !== "note");
        const side = (not: string): string[] =>
          content.filter(({ kind }) => kind !== not).map(({ text }) => text);
        if (old === next) {
          expect(content).toEqual([]);
          return;
        }
        expect(side("added")).toEqual(before);
        expect(side("removed")).toEqual(after);
        const numbers = (key: "before" | "after"): number[] => content.flatMap((row) => row[key] ?? []);
        expect(numbers("before")).toEqual(before.map((_, index) => index + 1));
        expect(numbers("after")).toEqual(after.map((_, index) => index + 1));
      }),
    );
  });

  it("name every file as git does: blanks, Japanese, quotation marks, renamed, binary, with another mode", async () => {
    const root = await mkdtemp(join(tmpdir(), "gatehouse-diff-"));
    onTestFinished(() => rm(root, { recursive: true }));
    const git = async (...args: string[]): Promise<string> =>
      (
        await execa("git", ["-c", "user.name=t", "-c", "user.email=t@example", "-C", root, ...args], {
          env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null", LC_ALL: "C" },
        })
      ).stdout;
    await git("init", "-q");
    await mkdir(join(root, "with blank"));
    await writeFile(join(root, "with blank/one b.txt"), "one\ntwo\n");
    await writeFile(join(root, "設定.json"), "{}\n");
    await writeFile(join(root, 'say "hi"\t.txt'), "hi\n");
    await writeFile(join(root, "old name.txt"), "a\nb\nc\nd\n");
    await writeFile(join(root, "picture.bin"), Buffer.from([0, 1, 2]));
    await writeFile(join(root, "gone.txt"), "-- gone\n");
    await git("add", ".");
    await git("commit", "-q", "-m", "first");
    await writeFile(join(root, "with blank/one b.txt"), "one\n2");
    await writeFile(join(root, "設定.json"), '{"a": 1}\n');
    await writeFile(join(root, 'say "hi"\t.txt'), "ho\n");
    await git("mv", "old name.txt", "new name.txt");
    await writeFile(join(root, "picture.bin"), Buffer.from([0, 9]));
    await rm(join(root, "gone.txt"));
    await git("add", ".");
    for (const quoting of ["true", "false"]) {
      const rows = diffRows(await git("-c", `core.quotePath=${quoting}`, "diff", "-M", "HEAD"));
      expect(rows.filter(({ kind }) => kind === "file").map(({ text }) => text)).toEqual([
        "gone.txt",
        "a/old name.txt b/new name.txt",
        "picture.bin",
        'say "hi"\t.txt',
        "with blank/one b.txt",
        "設定.json",
      ]);
      expect(rows).toContainEqual({ kind: "removed", text: "-- gone", before: 1, after: null });
      expect(rows).toContainEqual({ kind: "added", text: "2", before: null, after: 2 });
      const notes = rows.filter(({ kind }) => kind === "note").map(({ text }) => text);
      expect(notes).toContain("No newline at end of file");
      expect(notes).toContain("rename to new name.txt");
      expect(notes.some((note) => note.startsWith("Binary files"))).toBe(true);
      expect(diffTotals(rows)).toEqual({ additions: 3, deletions: 4 });
    }
  });

  it("show a diff that was cut off as far as it goes", () => {
    const rows = diffRows("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n same\n-ol");
    expect(rows.map(({ kind, text }) => [kind, text])).toEqual([
      ["file", "x"],
      ["hunk", "@@ -1,3 +1,3 @@"],
      ["same", "same"],
      ["removed", "ol"],
    ]);
  });

  it("read a quoted path byte by byte", () => {
    expect(unquotedPath('"\\350\\250\\255\\345\\256\\232 \\"a\\"\\\\.json"')).toBe('設定 "a"\\.json');
    expect(unquotedPath("plain name")).toBe("plain name");
  });
});
