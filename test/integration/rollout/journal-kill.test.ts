import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { beforeAll, expect, test } from "vitest";
import { createRolloutStore } from "../../../main/rollout/journal/rollout-store";
import { rounds } from "../../support/depth";
import { bundleProgram } from "../../support/bundle";
import { decisions, writeJournal } from "../../support/rollout/journaled";
import { checkEvents } from "../../support/rollout/journaled-check";
import { rolloutId } from "../../support/rollout/story";
import { temporaryFolder } from "../../support/temporary-folder";

const kills = rounds(15, 60);
const program = { path: "" };

beforeAll(async () => {
  const bundled = await bundleProgram("test/support/rollout/journal-writer.ts");
  program.path = bundled.path;
  return () => bundled.remove();
});

/** What the writer said: entries it found, the last one it was told is on disk, and the codes of its refusals. */
function said(output: string) {
  const lines = output.split("\n");
  const acknowledged = lines.filter((line) => /^\+\d+$/.test(line)).map((line) => Number(line.slice(1)));
  const refusals = lines.filter((line) => line.startsWith("-")).map((line) => line.slice(1));
  return { acknowledged, refusals };
}

test(`kill -9 of a writer at ${kills} points loses nothing that was acknowledged, and doubles nothing`, async () => {
  const root = await temporaryFolder();
  const file = await writeJournal(root, decisions(0).slice(0, 1));
  let entries = 1;
  let killedWhileWriting = 0;
  for (let round = 0; round < kills; round += 1) {
    const writer = execa(process.execPath, [program.path, root, rolloutId], {
      reject: false,
      buffer: true,
    });
    // Killed some way into its appends, a different one in each round.
    let begun = (): void => undefined;
    const writing = new Promise<void>((resolve) => (begun = resolve));
    // In two rounds of three once it was told of an append, else as soon as it has opened the journal.
    const sign = round % 3 === 0 ? /./ : /^\+/m;
    writer.stdout.on("data", (data: Buffer) => sign.test(data.toString()) && begun());
    await Promise.race([writing, writer]);
    await wait((round * 7) % 41);
    writer.kill("SIGKILL");
    const { stdout, stderr } = await writer;
    expect(stderr).toBe("");
    const { acknowledged, refusals } = said(stdout);
    expect(refusals).toEqual([]);
    expect(acknowledged).toEqual(acknowledged.map((_, index) => entries + index + 1));
    const expected = entries + acknowledged.length;
    const journal = await createRolloutStore(root).open(rolloutId);
    await journal.close();
    expect(journal.problem).toBeNull();
    expect(journal.entries).toBeGreaterThanOrEqual(expected);
    // One more than was acknowledged: on disk, but killed before it could say so.
    expect(journal.entries).toBeLessThanOrEqual(expected + 1);
    expect(journal.state?.events).toBe(journal.entries);
    if (acknowledged.length > 0) killedWhileWriting += 1;
    entries = journal.entries;
  }
  expect(killedWhileWriting).toBeGreaterThan(kills / 2);
  expect((await readFile(file, "utf8")).split("\n")).toHaveLength(entries + 1);
});

test("a disk that takes no more refuses, keeps what there is, and is written on once there is room", async () => {
  const root = await temporaryFolder();
  const file = await writeJournal(root, decisions(0).slice(0, 1));
  // A limit on the size of files in 1,024-byte blocks: writes end short there, then fail.
  const limited = await execa(
    "bash",
    ["-c", 'ulimit -f 100 && exec "$0" "$@"', process.execPath, program.path, root, rolloutId],
    { reject: false },
  );
  expect(limited.stderr).toBe("");
  const { acknowledged, refusals } = said(limited.stdout);
  expect(acknowledged.length).toBeGreaterThan(2);
  expect(refusals).toEqual(Array.from({ length: 10 }, () => "unavailable"));
  const size = (await readFile(file)).length;
  const journal = await createRolloutStore(root).open(rolloutId);
  expect(journal).toMatchObject({ entries: acknowledged.length + 1, tornBytes: 0, problem: null });
  expect(size).toBeLessThanOrEqual(102_400);
  await journal.append(checkEvents(journal.entries * 10_000));
  await journal.close();
  expect(await createRolloutStore(root).read(rolloutId)).toMatchObject({
    entries: acknowledged.length + 2,
    problem: null,
  });
});

test("a writer that was killed inside a line leaves a tail that the next one cuts off and reports", async () => {
  const root = await temporaryFolder();
  const file = await writeJournal(root, decisions(0));
  const whole = await readFile(file);
  await writeFile(file, whole.subarray(0, whole.length - 40));
  const start = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
  const writer = execa(process.execPath, [program.path, root, rolloutId], { reject: false });
  const found = await new Promise<string>((resolve) =>
    writer.stdout.once("data", (data: Buffer) => resolve(data.toString())),
  );
  writer.kill("SIGKILL");
  await writer;
  expect(found.split("\n")[0]).toBe(`=${decisions(0).length - 1} ${whole.length - 40 - start} `);
  expect((await readFile(file)).subarray(0, start)).toEqual(whole.subarray(0, start));
});
