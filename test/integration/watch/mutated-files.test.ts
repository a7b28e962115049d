import fc from "fast-check";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { surfaceReadingSchema } from "#contract/reading";
import { requests } from "#contract/requests";
import { parseStateFile } from "#domain/reading/state-file";
import { systemClock } from "../../../main/system/clock";
import { createSurfaceWatcher } from "../../../main/watch/surface-watcher";
import { rounds } from "../../support/depth";
import { temporaryFolder } from "../../support/temporary-folder";
import { eventLine, stateText } from "./watching";

/** Damage as disks, editors and other programs do it: bytes changed, cut out, put in, the end lost, values swapped. */
const damage = (whole: Buffer): fc.Arbitrary<Buffer> =>
  fc.oneof(
    fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([place, bytes]) => {
      const copy = Buffer.from(whole);
      copy.set(bytes.subarray(0, Math.max(0, copy.length - (place % copy.length))), place % copy.length);
      return copy;
    }),
    fc.tuple(fc.nat(), fc.integer({ min: 0, max: 60 })).map(([place, length]) => {
      const at = place % whole.length;
      return Buffer.concat([whole.subarray(0, at), whole.subarray(at + length)]);
    }),
    fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 40 })).map(([place, bytes]) => {
      const at = place % whole.length;
      return Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at)]);
    }),
    fc.nat().map((place) => whole.subarray(0, place % whole.length)),
    fc
      .tuple(
        fc.nat(),
        fc.constantFrom("null", "-1", "1e999", "1.0", '"x"', "[]", "{}", "18446744073709551615", "true", ""),
      )
      .map(([place, value]) => {
        const text = whole.toString("utf8");
        const numbers = [...text.matchAll(/\b\d+\b/gu)];
        const chosen = numbers[place % Math.max(1, numbers.length)];
        if (chosen === undefined) return whole;
        return Buffer.from(text.slice(0, chosen.index) + value + text.slice(chosen.index + chosen[0].length));
      }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
  );
const twice = (whole: Buffer): fc.Arbitrary<Buffer> =>
  damage(whole).chain((damaged) =>
    damaged.length === 0 ? fc.constant(damaged) : fc.oneof(fc.constant(damaged), damage(damaged)),
  );

const wholeState = Buffer.from(stateText());
const wholeLog = Buffer.from(eventLine().repeat(4));
const pair = fc.tuple(
  fc.oneof({ weight: 1, arbitrary: fc.constant(wholeState) }, { weight: 3, arbitrary: twice(wholeState) }),
  fc.oneof({ weight: 1, arbitrary: fc.constant(wholeLog) }, { weight: 3, arbitrary: twice(wholeLog) }),
);
/** Batches of damaged pairs, and the pairs of one, which are watched at once. */
const [batches, batch] = [rounds(8, 100), 25];
const everything = { codes: [], states: [], fromUnixMs: null, toUnixMs: null };

/** Watches one damaged directory and checks what is said of it. */
async function judge(stateDir: string, state: Buffer, log: Buffer): Promise<"unreadable" | "fresh"> {
  await mkdir(stateDir, { recursive: true });
  await Promise.all([
    writeFile(join(stateDir, "state.json"), state),
    writeFile(join(stateDir, "runtime-events.jsonl"), log),
  ]);
  const watcher = createSurfaceWatcher({
    surface: "voice",
    workspacePath: stateDir,
    stateDir,
    staleAfterMs: 900_000,
    live: null,
    clock: systemClock,
  });
  await watcher.start();
  await expect.poll(() => watcher.reading().log.freshness.readUnixMs, { interval: 2 }).not.toBeNull();
  const { rows } = requests["surface.events"].output.parse(
    await watcher.events({ surface: "voice", filter: everything, offset: 0, limit: 100 }),
  );
  const reading = surfaceReadingSchema.parse(watcher.reading());
  await watcher.stop();

  const isText = state.equals(Buffer.from(state.toString("utf8")));
  const isReadable = isText && parseStateFile(state.toString("utf8")).ok;
  expect(reading.freshness.status === "unreadable").toBe(!isReadable);
  if (reading.gate === "pass")
    expect([reading.freshness.status, reading.healthState]).toEqual(["fresh", "healthy"]);
  else expect(reading.holds).not.toEqual([]);
  if (reading.freshness.status !== "fresh")
    expect(reading.freshness.detail).toMatch(/^state\.json\b.{10,}/su);
  for (const { rule, title, expected, observed, remedy } of reading.holds)
    for (const words of [rule, title, expected, observed, remedy]) expect(words).not.toBe("");
  expect(reading.log.firstInvalid === null).toBe(reading.log.invalidLines === 0);
  expect(rows.filter((row) => row.cycle === null).length).toBe(reading.log.invalidLines);
  for (const row of rows) expect(row.problem === "").toBe(row.cycle !== null);
  return reading.freshness.status === "unreadable" ? "unreadable" : "fresh";
}

test("no damage to a state file or a log crashes or hangs watching, looks healthy unread, or goes unexplained", async () => {
  const folder = await temporaryFolder();
  const counts = { unreadable: 0, fresh: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(pair, { minLength: batch, maxLength: batch }), async (pairs) => {
      const judged = await Promise.all(
        pairs.map(([state, log], at) => judge(join(folder, String(at)), state, log)),
      );
      for (const status of judged) counts[status] += 1;
    }),
    { numRuns: batches },
  );
  expect(counts.fresh).toBeGreaterThan((batches * batch) / 10);
  expect(counts.unreadable).toBeGreaterThan((batches * batch) / 10);
});
