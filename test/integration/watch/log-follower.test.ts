import { execa } from "execa";
import {
  appendFile,
  copyFile,
  mkdir,
  open,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder";
import { eventLine, foldedContent, newFollower } from "./watching";
import type { LogFollower } from "../../../main/watch/log-follower";

/** A follower that has read `text` from a new log. */
async function following(text: string | Buffer): Promise<{ log: string; follower: LogFollower }> {
  const log = join(await temporaryFolder(), "runtime-events.jsonl");
  await writeFile(log, text);
  const follower = newFollower(log);
  await follower.look();
  return { log, follower };
}

const counted = ({ fold, generation }: LogFollower) => ({
  lines: fold.lines,
  cycles: fold.cycles,
  invalid: fold.invalidLines,
  generation,
});
const sight = (follower: LogFollower) => follower.source(900_000).sight;

async function expectSameAsFromScratch(log: string, follower: LogFollower): Promise<void> {
  const scratch = newFollower(log);
  await scratch.look();
  expect(foldedContent(follower)).toEqual(foldedContent(scratch));
}

describe("following a log", () => {
  test("an append is folded, and nothing before it again", async () => {
    const { log, follower } = await following(eventLine() + eventLine());
    const { fold } = follower;
    await appendFile(log, eventLine({ reason_codes: ["retry_attempted"] }));
    expect(await follower.look()).toBe(true);
    expect(follower.fold).toBe(fold);
    expect(counted(follower)).toEqual({ lines: 3, cycles: 3, invalid: 0, generation: 0 });
    expect(fold.reasonCodeCounts()).toEqual(
      new Map([
        ["retry_attempted", 1],
        ["turns_handled", 2],
      ]),
    );
    expect(await follower.look()).toBe(false);
  });

  test("a half-written last line waits for its end", async () => {
    const line = eventLine();
    const { log, follower } = await following(eventLine() + line.slice(0, 40));
    expect(counted(follower)).toEqual({ lines: 1, cycles: 1, invalid: 0, generation: 0 });
    await appendFile(log, line.slice(40, 60));
    await follower.look();
    expect(counted(follower)).toEqual({ lines: 1, cycles: 1, invalid: 0, generation: 0 });
    await appendFile(log, line.slice(60) + eventLine().slice(0, 5));
    await follower.look();
    expect(counted(follower)).toEqual({ lines: 2, cycles: 2, invalid: 0, generation: 0 });
  });

  test("truncated to nothing and written anew", async () => {
    const { log, follower } = await following(eventLine() + eventLine());
    await truncate(log, 0);
    await follower.look();
    expect(counted(follower)).toEqual({ lines: 0, cycles: 0, invalid: 0, generation: 1 });
    await appendFile(log, eventLine());
    await follower.look();
    expect(counted(follower)).toEqual({ lines: 1, cycles: 1, invalid: 0, generation: 1 });
  });

  test("truncated and regrown beyond where reading stopped, unnoticed in between", async () => {
    const { log, follower } = await following(eventLine());
    await truncate(log, 0);
    await appendFile(log, eventLine() + eventLine() + eventLine());
    await follower.look();
    expect(counted(follower)).toEqual({ lines: 3, cycles: 3, invalid: 0, generation: 1 });
    await expectSameAsFromScratch(log, follower);
  });

  test("cut in the middle", async () => {
    const first = eventLine();
    const { log, follower } = await following(first + eventLine() + eventLine());
    await truncate(log, first.length + 10);
    await follower.look();
    expect(counted(follower)).toEqual({ lines: 1, cycles: 1, invalid: 0, generation: 1 });
    await expectSameAsFromScratch(log, follower);
  });

  test("rotated: renamed away, then a new one", async () => {
    const { log, follower } = await following(eventLine() + eventLine());
    await rename(log, `${log}.1`);
    await follower.look();
    expect(sight(follower)).toEqual({ kind: "absent" });
    expect(follower.source(1).seen).toBe(true);
    await writeFile(log, eventLine());
    await follower.look();
    expect(counted(follower)).toEqual({ lines: 1, cycles: 1, invalid: 0, generation: 1 });
  });

  test("copied and truncated, as logrotate does", async () => {
    const { log, follower } = await following(eventLine() + eventLine());
    await copyFile(log, `${log}.1`);
    await truncate(log, 0);
    await appendFile(log, eventLine());
    await follower.look();
    expect(counted(follower)).toEqual({ lines: 1, cycles: 1, invalid: 0, generation: 1 });
  });

  test("replaced by a file of the same size and time", async () => {
    const line = eventLine({ health_reason: "first one" });
    const { log, follower } = await following(line);
    const { atime, mtime } = await stat(log);
    await writeFile(`${log}.new`, line.replace("first one", "other one"));
    await utimes(`${log}.new`, atime, mtime);
    await rename(`${log}.new`, log);
    await follower.look();
    expect([follower.generation, follower.fold.lastHealthReason]).toEqual([1, "other one"]);
  });

  test("overwritten in place with the same size and time", async () => {
    const line = eventLine({ health_reason: "first one" });
    const { log, follower } = await following(line);
    const { atime, mtime } = await stat(log);
    const handle = await open(log, "r+");
    await handle.write(line.replace("first one", "other one"), 0);
    await handle.close();
    await utimes(log, atime, mtime);
    await follower.look();
    expect([follower.generation, follower.fold.lastHealthReason]).toEqual([1, "other one"]);
  });

  test("touched: nothing new", async () => {
    const { log, follower } = await following(eventLine());
    await utimes(log, new Date(), new Date());
    await follower.look();
    expect(counted(follower)).toEqual({ lines: 1, cycles: 1, invalid: 0, generation: 0 });
  });
});

describe("what a log may hold", () => {
  test.each([
    [
      "carriage returns before newlines",
      eventLine().replace("\n", "\r\n").repeat(2),
      { lines: 2, cycles: 2, invalid: 0 },
    ],
    [
      "a byte order mark: its line is invalid, as in the reference",
      `\ufeff${eventLine()}${eventLine()}`,
      { lines: 2, cycles: 1, invalid: 1 },
    ],
    [
      "NUL bytes, as a crash leaves them",
      `${"\0".repeat(512)}${eventLine()}${eventLine()}`,
      { lines: 2, cycles: 1, invalid: 1 },
    ],
    ["blank lines", `\n\n  \n${eventLine()}\r\n`, { lines: 5, cycles: 1, invalid: 0 }],
    ["nothing", "", { lines: 0, cycles: 0, invalid: 0 }],
    ["something else altogether", "<html>\n<body>\n</html>\n", { lines: 3, cycles: 0, invalid: 3 }],
  ])("%s", async (_name, text, expected) => {
    const { follower } = await following(text);
    expect(counted(follower)).toEqual({ ...expected, generation: 0 });
    expect(sight(follower)).toEqual({ kind: "read" });
  });

  test("bytes that are not UTF-8: the line is named, the others are folded, and the log is not to be trusted", async () => {
    const first = eventLine();
    const bad = Buffer.concat([
      Buffer.from('{"health_reason":"caf'),
      Buffer.from([0xe9]),
      Buffer.from('"}\n'),
    ]);
    const { log, follower } = await following(
      Buffer.concat([Buffer.from(first), bad, Buffer.from(eventLine())]),
    );
    expect(counted(follower)).toEqual({ lines: 3, cycles: 2, invalid: 1, generation: 0 });
    expect(sight(follower)).toEqual({
      kind: "problem",
      problem: `line 2 at byte ${first.length} is not UTF-8 text`,
    });
    await appendFile(log, eventLine());
    await follower.look();
    expect(sight(follower)).toMatchObject({ kind: "problem" });
    await writeFile(`${log}.new`, eventLine());
    await rename(`${log}.new`, log);
    await follower.look();
    expect(sight(follower)).toEqual({ kind: "read" });
  });

  test("a character cut by the end of a read is not taken for bad bytes", async () => {
    const { follower } = await following(eventLine({ health_reason: "é😀".repeat(90_000) }).repeat(4));
    expect(counted(follower)).toEqual({ lines: 4, cycles: 4, invalid: 0, generation: 0 });
  });

  test("a line beyond a mebibyte counts as invalid and is not held; the next ones are read", async () => {
    const monster = eventLine({ health_reason: "x".repeat(5_000_000) });
    const { log, follower } = await following(eventLine() + monster + eventLine());
    expect(counted(follower)).toEqual({ lines: 3, cycles: 2, invalid: 1, generation: 0 });
    expect(follower.fold.lastInvalid?.text).toBe(monster.slice(0, 2_000));
    expect(follower.fold.index.at(2)?.bytes).toBe(monster.length - 1);
    const half = monster.length / 2;
    await appendFile(log, monster.slice(0, half));
    await follower.look();
    await appendFile(log, monster.slice(half) + eventLine());
    await follower.look();
    expect(counted(follower)).toEqual({ lines: 5, cycles: 3, invalid: 2, generation: 0 });
    await expectSameAsFromScratch(log, follower);
  });

  test("a line of nearly a mebibyte is read", async () => {
    const { follower } = await following(eventLine({ health_reason: "x".repeat(1_048_000) }) + eventLine());
    expect(counted(follower)).toEqual({ lines: 2, cycles: 2, invalid: 0, generation: 0 });
  });
});

describe("what may stand where the log should", () => {
  test("a directory, and then a log again", async () => {
    const { log, follower } = await following(eventLine());
    await rm(log);
    await mkdir(log);
    await follower.look();
    expect(sight(follower)).toEqual({ kind: "problem", problem: "it is a directory, expected a file" });
    await rm(log, { recursive: true });
    await writeFile(log, eventLine() + eventLine());
    await follower.look();
    expect(sight(follower)).toEqual({ kind: "read" });
    expect(follower.fold.cycles).toBe(2);
  });

  test("a named pipe, which would never answer", async () => {
    const { log, follower } = await following(eventLine());
    await rm(log);
    await execa("mkfifo", [log]);
    await follower.look();
    expect(sight(follower)).toEqual({ kind: "problem", problem: "it is not a regular file" });
  });

  test("a link to a log, followed when it is pointed elsewhere", async () => {
    const folder = await temporaryFolder();
    const log = join(folder, "runtime-events.jsonl");
    await writeFile(join(folder, "a"), eventLine());
    await writeFile(join(folder, "b"), eventLine() + eventLine());
    await symlink("a", log);
    const follower = newFollower(log);
    await follower.look();
    expect(follower.fold.cycles).toBe(1);
    await symlink("b", `${log}.new`);
    await rename(`${log}.new`, log);
    await follower.look();
    expect(counted(follower)).toEqual({ lines: 2, cycles: 2, invalid: 0, generation: 1 });
  });

  test("a link that leads back to itself, and one that leads nowhere", async () => {
    const folder = await temporaryFolder();
    await symlink("loop", join(folder, "loop"));
    await symlink("nowhere", join(folder, "dangling"));
    const loop = newFollower(join(folder, "loop"));
    await loop.look();
    expect(sight(loop)).toEqual({
      kind: "problem",
      problem: "it is a symbolic link that leads back to itself (ELOOP)",
    });
    const dangling = newFollower(join(folder, "dangling"));
    await dangling.look();
    expect(sight(dangling)).toEqual({ kind: "absent" });
  });

  test("a file where a directory of its path should be", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "voice"), "");
    const follower = newFollower(join(folder, "voice", "runtime-events.jsonl"));
    await follower.look();
    expect(sight(follower)).toEqual({
      kind: "problem",
      problem: "a part of its path is a file, expected a directory (ENOTDIR)",
    });
  });
});
