import fc from "fast-check";
import { appendFile, copyFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rounds } from "../../support/depth";
import { temporaryFolder } from "../../support/temporary-folder";
import { eventLine, foldedContent, newFollower } from "./watching";

const someLines = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(null).map(() => () => eventLine()) },
    {
      weight: 2,
      arbitrary: fc.constant(() =>
        eventLine({ health_state: "degraded", failure_streak: 1, reason_codes: ["retry_attempted"] }),
      ),
    },
    { weight: 1, arbitrary: fc.constant(() => "broken {\n") },
    { weight: 1, arbitrary: fc.constant(() => "\n") },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 0, max: 400 })
        .map((length) => () => eventLine({ health_reason: "x".repeat(length * 1_000) })),
    },
  ),
  { minLength: 1, maxLength: 40 },
);
const notUtf8 = Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]);

type Step = { readonly name: string; readonly look: boolean; readonly act: (log: string) => Promise<void> };
const step = (name: string, act: fc.Arbitrary<(log: string) => Promise<void>>): fc.Arbitrary<Step> =>
  fc.tuple(act, fc.boolean()).map(([todo, look]) => ({ name, look, act: todo }));
const text = someLines.map((lines) => () => lines.map((line) => line()).join(""));
const sizeOf = async (log: string): Promise<number> => (await stat(log).catch(() => ({ size: 0 }))).size;

const anyStep = fc.oneof(
  {
    weight: 5,
    arbitrary: step(
      "append",
      text.map((lines) => (log) => appendFile(log, lines())),
    ),
  },
  {
    weight: 3,
    arbitrary: step(
      "append half a line",
      fc.tuple(text, fc.nat()).map(([lines, cut]) => (log) => {
        const whole = lines();
        return appendFile(log, whole.slice(0, cut % whole.length));
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      "append bytes that are not UTF-8",
      fc.constant((log: string) => appendFile(log, notUtf8)),
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      "truncate",
      fc.double({ min: 0, max: 1, noNaN: true }).map((part) => async (log) => {
        const size = await sizeOf(log);
        if (size > 0) await truncate(log, Math.floor(size * part));
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      "rotate",
      text.map((lines) => async (log) => {
        await rename(log, `${log}.1`).catch(() => undefined);
        await writeFile(log, lines());
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      "replace",
      text.map((lines) => async (log) => {
        await writeFile(`${log}.new`, lines());
        await rename(`${log}.new`, log);
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      "copy and truncate",
      text.map((lines) => async (log) => {
        await copyFile(log, `${log}.1`).catch(() => undefined);
        await writeFile(log, "");
        await appendFile(log, lines());
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      "overwrite",
      text.map((lines) => (log) => writeFile(log, lines())),
    ),
  },
  {
    weight: 1,
    arbitrary: step(
      "remove",
      fc.constant((log: string) => rm(log, { force: true })),
    ),
  },
);

test("whatever happens to a log, following it gives what reading it from the beginning gives", async () => {
  const folder = await temporaryFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 14 }), async (steps) => {
      run += 1;
      const log = join(folder, `${run}.jsonl`);
      const follower = newFollower(log);
      for (const { act, look } of steps) {
        await act(log);
        if (look) await follower.look();
      }
      await follower.look();
      const scratch = newFollower(log);
      await scratch.look();
      expect(foldedContent(follower)).toEqual(foldedContent(scratch));
      expect(follower.source(1).sight).toEqual(scratch.source(1).sight);
      await Promise.all([rm(log, { force: true }), rm(`${log}.1`, { force: true })]);
    }),
    { numRuns: rounds(60, 400) },
  );
});
