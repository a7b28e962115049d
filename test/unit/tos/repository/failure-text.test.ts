import { expect, test } from "vitest";
import { plainFailure, type GitEnd } from "#domain/tos/repository/failure-text";

const end = (stderr: string, more: Partial<GitEnd> = {}): GitEnd => ({
  command: "git commit",
  exitCode: 128,
  stderr,
  stdout: "",
  ending: "exited",
  ...more,
});

test.each([
  ["fatal: not a git repository (or any of the parent directories): .git", /not in a git repository/],
  [
    "*** Please tell me who you are.\n\nfatal: unable to auto-detect email address",
    /does not know who you are/,
  ],
  ["fatal: Unable to create '/x/.git/index.lock': File exists.", /holds a lock/],
  ["error: cannot lock ref 'HEAD': Unable to create", /holds a lock/],
  ["fatal: detected dubious ownership in repository at '/x'", /belongs to another account/],
  ["error: file write error: No space left on device\nfatal: adding files failed", /disk is full/],
  ["error: insufficient permission for adding an object", /permission is missing/],
  ["fatal: loose object aaaa (stored in .git/objects/aa/aa) is corrupt", /damaged/],
  [
    "fatal: ambiguous argument 'x': unknown revision or path not in the working tree.",
    /knows no such commit/,
  ],
  ["fatal: Could not read from remote repository.", /cannot be reached/],
])("%j is said plainly, with git's own words", (stderr, plain) => {
  const text = plainFailure(end(stderr));
  expect(text).toMatch(plain);
  expect(text).toContain(stderr.split("\n").find((line) => /^(?:fatal|error):/.test(line)) ?? "");
});

test("an unknown failure names command, exit code and git's last words; hints are left out", () => {
  expect(plainFailure(end("hint: do this\nsomething\n", { exitCode: 3 }))).toBe(
    "git commit failed with exit code 3 (git: something).",
  );
  expect(plainFailure(end("", { exitCode: 1, stdout: "hook says no\n" }))).toBe(
    "git commit failed with exit code 1 (git: hook says no).",
  );
});

test("no git, too slow, ended from outside", () => {
  expect(plainFailure(end("", { ending: "missing", exitCode: null }))).toMatch(/git was not found/);
  expect(plainFailure(end("", { ending: "timed-out", exitCode: null }))).toMatch(/took too long/);
  expect(plainFailure(end("", { ending: "signalled", exitCode: null }))).toMatch(/ended from outside/);
});
