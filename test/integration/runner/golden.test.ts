import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder";
import { filesBelow, fixtureFile, goldenRoot, runCycleOf, type Surface } from "./cycle-harness";

/** Rows of spec/tau/surfaces.md §14, and one row for each fixture that covers the rest of its surface. */
const rows: readonly (readonly [Surface, string])[] = [
  ["voice", "mixed-outcomes"],
  ["voice", "rollout-pass"],
  ["voice", "outcome-coverage"],
  ["browser-automation", "mixed-outcomes"],
  ["browser-automation", "single-success"],
  ["browser-automation", "outcome-coverage"],
  ["dashboard", "mixed-outcomes"],
  ["dashboard", "snapshot-layout"],
  ["dashboard", "outcome-coverage"],
  ["custom-command", "mixed-outcomes"],
  ["custom-command", "rollout-pass"],
  ["custom-command", "outcome-coverage"],
  ["custom-command", "run-coverage"],
  ["custom-command", "run-non-zero-exit"],
  ["custom-command", "run-spawn-failure"],
  ["memory", "mixed-outcomes"],
  ["memory", "retrieve-ranking"],
  ["memory", "outcome-coverage"],
];

test.each(rows)(
  "%s %s leaves exactly the golden files and lines in a fresh directory",
  async (surface, name) => {
    const stateDir = path.join(await temporaryFolder(), "state");
    const { lines, warnings } = await runCycleOf({
      surface,
      fixturePath: fixtureFile(surface, name),
      stateDir,
    });
    const written = { "stdout.txt": `${lines.join("\n")}\n`, ...filesBelow(stateDir) };
    expect(written).toEqual(filesBelow(path.join(goldenRoot, `${surface}-${name}`)));
    expect(warnings).toEqual([]);
  },
);
