import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ContractError, describeError } from "#domain/contract-error";
import { rounds } from "../../support/depth";
import { temporaryFolder } from "../../support/temporary-folder";
import { fixtureDocument } from "../../unit/surfaces/fixture-cases";
import { mutatedText } from "../../unit/surfaces/mutations";
import { filesBelow, fixtureFile, goldenRoot, jsonLines, runCycleOf, surfaces } from "./cycle-harness";

const fixtureRuns = rounds(100, 500);
const stateRuns = rounds(20, 200);

/** What a mutated fixture may lead to: a whole cycle, or one clear error and nothing on the disk. */
test.each(surfaces)(`%s: ${fixtureRuns} mutated fixtures never do more than be refused`, async (surface) => {
  const folder = await temporaryFolder();
  const fixturePath = path.join(folder, "fixture.json");
  const stateDir = path.join(folder, "state");
  let refused = 0;
  let completed = 0;
  const fixture = fixtureDocument(surface, "mixed-outcomes");
  await fc.assert(
    fc.asyncProperty(mutatedText(fixture), async (text) => {
      writeFileSync(fixturePath, text);
      try {
        await runCycleOf({ surface, fixturePath, stateDir });
        completed += 1;
        expect(jsonLines(filesBelow(stateDir)["runtime-events.jsonl"] ?? "")).toHaveLength(1);
        expect(readdirSync(folder).toSorted()).toEqual(["fixture.json", "state"]);
        rmSync(stateDir, { recursive: true });
      } catch (error) {
        if (!(error instanceof ContractError)) throw error;
        refused += 1;
        const message = describeError(error);
        // A fault of the fixture names the file and the place; a fault of an accepted case names the case.
        expect(message).toMatch(
          /fixture\.json: .*(: |at line \d+ column \d+)|^cases\[\d+\]|channel id '.*' is too long/s,
        );
        expect(readdirSync(folder)).toEqual(["fixture.json"]);
      }
    }),
    { numRuns: fixtureRuns },
  );
  expect(refused).toBeGreaterThan(fixtureRuns / 4);
  expect(completed).toBeGreaterThan(0);
});

test.each(surfaces)(
  `%s: ${stateRuns} mutated state files are used or warned of, and never stop a cycle`,
  async (surface) => {
    const folder = await temporaryFolder();
    const stateDir = path.join(folder, "state");
    const golden = filesBelow(path.join(goldenRoot, `${surface}-mixed-outcomes`))["state.json"] ?? "";
    let warned = 0;
    await fc.assert(
      fc.asyncProperty(mutatedText(JSON.parse(golden)), async (text) => {
        mkdirSync(stateDir);
        writeFileSync(path.join(stateDir, "state.json"), text);
        const { warnings } = await runCycleOf({
          surface,
          fixturePath: fixtureFile(surface, "mixed-outcomes"),
          stateDir,
        });
        if (warnings.length > 0) {
          warned += 1;
          expect(warnings).toEqual([expect.stringMatching(/state\.json \(.+\); starting fresh$/s)]);
          expect(filesBelow(stateDir)["state.json"]).toBe(golden);
        }
        const state = JSON.parse(filesBelow(stateDir)["state.json"] ?? "");
        expect(jsonLines(filesBelow(stateDir)["runtime-events.jsonl"] ?? "")).toMatchObject([
          { failure_streak: state.health.failure_streak },
        ]);
        rmSync(stateDir, { recursive: true });
      }),
      { numRuns: stateRuns },
    );
    expect(warned).toBeGreaterThan(stateRuns / 4);
  },
);
