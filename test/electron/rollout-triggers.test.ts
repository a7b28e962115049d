import { copyFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { TriggerId } from "#contract/rollout/vocabulary";
import { Operator, quickRehearsal } from "../support/rehearsal-console";

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** How an operator causes a trigger through what a surface really writes (see `fixtures/rehearsal/README.md`). */
interface Cause {
  readonly trigger: TriggerId;
  readonly inPreflight?: (operator: Operator) => Promise<void>;
  readonly cause: (operator: Operator, workspacePath: string) => Promise<void>;
  /** What the trigger's finding has to tell, down to the record. */
  readonly tells: RegExp;
}

const causes: readonly Cause[] = [
  {
    trigger: "T1",
    cause: async (operator, path) => {
      await operator.stop("voice");
      await writeFile(join(path, ".tau", "voice", "state.json"), "{");
    },
    tells: /Voice[\s\S]*\.tau\/voice\/state\.json/,
  },
  {
    trigger: "T2",
    inPreflight: (operator) => operator.run("memory", /trigger T2/i, 3),
    cause: () => Promise.resolve(),
    tells: /Memory[\s\S]*failure_streak[\s\S]*\.tau\/memory\/state\.json/,
  },
  {
    trigger: "T3",
    cause: (operator) => operator.run("custom-command", /trigger T3/i),
    tells: /malformed_inputs_observed[\s\S]*\.tau\/custom-command\/runtime-events\.jsonl/,
  },
  {
    trigger: "T4",
    cause: async (operator, path) => {
      await operator.stop("browser-automation");
      await rm(join(path, ".tau", "demo-browser-automation-live", "browser-live-summary.json"), {
        force: true,
      });
    },
    tells: /browser-live-summary\.json/,
  },
  {
    trigger: "T5",
    cause: async (_operator, path) => {
      const samples = join(path, ".gatehouse", "triggers");
      const target = join(path, ".tau", "live-run-unified");
      await copyFile(join(samples, "t5-failing-harness-manifest.json"), join(target, "manifest.json"));
      await copyFile(join(samples, "t5-failing-harness-report.json"), join(target, "report.json"));
    },
    tells: /report\.json/,
  },
];

describe("a rollout in canary 1 is rolled back", () => {
  it.each(causes)("by $trigger", async ({ trigger, inPreflight, cause, tells }) => {
    const workspace = await quickRehearsal();
    cleanUps.push(() => workspace.remove());
    const operator = await Operator.open(workspace.path, "triggers");
    cleanUps.push(() => operator.close());
    await operator.intoCanary(() => inPreflight?.(operator) ?? Promise.resolve());
    await cause(operator, workspace.path);

    const panel = await operator.untilFired(trigger);
    expect(panel).toMatch(tells);
    expect(panel).toContain("names the rollback");
    await operator.picture(trigger);
    expect(await operator.page.getByTestId("percent").innerText()).toContain("0 %");
    const steps = operator.page.getByRole("list", { name: "Steps of the rollback" }).getByRole("listitem");
    expect(await steps.count()).toBe(6);
    expect(await steps.first().getAttribute("data-step-state")).toBe("done");
    for (const action of ["promote", "resume", "pause", "abort"]) {
      const button = operator.action(action);
      if ((await button.count()) > 0) expect(await button.getAttribute("aria-disabled")).toBe("true");
    }
  });
});
