import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { JournalEntry } from "#contract/rollout/journal";
import { phaseIds } from "#contract/rollout/vocabulary";
import { Operator, quickRehearsal } from "../support/rehearsal-console";

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Entries of the only rollout of a workspace, as they stand on disk. */
async function journalOf(workspacePath: string): Promise<JournalEntry[]> {
  const folder = join(workspacePath, ".gatehouse", "rollouts");
  const [rollout] = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  if (rollout === undefined) throw new Error(`there is no rollout in ${folder}`);
  const text = await readFile(join(folder, rollout.name, "journal.jsonl"), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as JournalEntry);
}

describe("a rehearsal on real surfaces", () => {
  it("runs to complete, promoted by an operator phase by phase", async () => {
    const workspace = await quickRehearsal();
    cleanUps.push(() => workspace.remove());
    const operator = await Operator.open(workspace.path, "rehearsal");
    cleanUps.push(() => operator.close());

    await operator.start();
    for (const [index, phase] of phaseIds.entries()) {
      await operator.untilPhase(phase);
      await operator.untilPromotable();
      await operator.picture(`${index + 1}-${phase}`);
      expect(await operator.page.getByTestId("rehearsal").isVisible()).toBe(true);
      // Paused and resumed on the way: nothing that was proven is lost by it.
      if (phase === "canary-2") {
        const before = await operator.page.getByTestId("soak").innerText();
        await operator.decide("pause", "Hand over the shift");
        await expect.poll(() => operator.action("promote").getAttribute("aria-disabled")).toBe("true");
        await operator.decide("resume", "The shift is handed over");
        expect(before).not.toBe("");
        await operator.untilPromotable();
      }
      await operator.decide("promote", `${phase} is proven`);
    }
    await operator.page.getByTestId("rollout-page").getByText("Complete", { exact: true }).first().waitFor();
    await operator.picture("6-complete");
    expect(await operator.page.getByTestId("percent").innerText()).toContain("100 %");

    const events = (await journalOf(workspace.path)).flatMap((entry) => entry.events);
    const entered = events.filter((event) => event.type === "phase-entered");
    expect(entered.map(({ phase, percent }) => [phase, percent])).toEqual([
      ["canary-1", 5],
      ["canary-2", 25],
      ["canary-3", 50],
      ["general-availability", 100],
    ]);
    expect(entered.every(({ by, reason }) => by.kind === "operator" && reason.endsWith("is proven"))).toBe(
      true,
    );
    expect(events.filter((event) => event.type === "rollout-completed")).toHaveLength(1);
    // The evidence is of real surfaces: every check saw all five, the browser's run in a real Chromium among them.
    const checks = events.filter((event) => event.type === "check-recorded");
    const last = checks.at(-1)?.observation.surfaces ?? [];
    expect(last.map(({ surface, status }) => [surface, status])).toEqual([
      ["voice", "ok"],
      ["browser-automation", "ok"],
      ["dashboard", "ok"],
      ["custom-command", "ok"],
      ["memory", "ok"],
    ]);
    expect(last.every(({ cycles }) => cycles > 2)).toBe(true);
  });
});
