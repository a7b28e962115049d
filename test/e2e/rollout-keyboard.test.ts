import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { focusArrives, pressSequence } from "../support/key-presses";
import { RolloutWorkspace } from "../support/rollout/rollout-workspace";
import { launchBrowser, openPage } from "./support/console-page";
import { tabTo } from "./support/keyboard";
import { latestRollout } from "./support/rollout-workspace";
import { serveConsole } from "./support/served-console";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Writes a reason into the dialog that a key opened (it has the focus there), and confirms with the keyboard. */
async function decide(page: Page, key: string, title: string, reason: string): Promise<void> {
  await page.keyboard.press(key);
  const dialog = page.getByRole("dialog", { name: title });
  await dialog.waitFor();
  await focusArrives(page, "[role=dialog] textarea");
  await page.keyboard.type(reason);
  await tabTo(page, "[data-testid=confirm]");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
}

describe("a rollout by keyboard alone", () => {
  it("is started, promoted, looked into, paused, resumed and aborted", async () => {
    const workspace = await RolloutWorkspace.create({
      checkIntervalMs: 600_000,
      maximumEvidenceAgeMs: 600_000,
      soakMs: 3_600_000,
      title: "Quick drill",
    });
    const served = await serveConsole(workspace.path);
    onTestFinished(async () => {
      await served.stop();
      await workspace.remove();
    });
    const page = await openPage(browser, served.link);

    await pressSequence(page, "g", "s");
    await page.getByRole("form", { name: "Start a rollout" }).waitFor();
    const drill = page.getByRole("radio", { name: /Quick drill/ });
    await drill.waitFor();
    await tabTo(page, "input[type=radio]");
    for (let choice = 0; choice < 5 && !(await drill.isChecked()); choice += 1)
      await page.keyboard.press("ArrowDown");
    expect(await drill.isChecked()).toBe(true);
    await tabTo(page, "textarea");
    await page.keyboard.type("rehearse without a mouse");
    await tabTo(page, "form button[type=submit]");
    await page.keyboard.press("Enter");
    await page.getByTestId("rollout-page").waitFor();
    await expect.poll(async () => (await latestRollout(page)).checks).toBeGreaterThan(0);
    await expect
      .poll(() => page.locator("[data-action=promote]").getAttribute("aria-disabled"))
      .toBe("false");

    await decide(page, "Shift+P", "Promote the rollout", "preflight is green");
    await expect.poll(async () => (await latestRollout(page)).status).toBe("canary-1");

    await workspace.runSurfaces();
    await workspace.runSurface("voice", { queue_depth: 4 });
    const { checks } = await latestRollout(page);
    await page.keyboard.press("c");
    await expect.poll(async () => (await latestRollout(page)).checks).toBeGreaterThan(checks);
    await expect
      .poll(() => page.locator("[data-cell='G7 voice']").getAttribute("data-cell-status"))
      .toBe("failed");
    await tabTo(page, "[data-cell]");
    await page.keyboard.press("Control+Home");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
    const evidence = page.getByRole("region", { name: "Evidence of G7, Voice" });
    await evidence.getByText('"queue_depth": 4').first().waitFor();
    await page.keyboard.press("Escape");
    await evidence.waitFor({ state: "detached" });

    await decide(page, "p", "Pause the rollout", "look at the backlog first");
    await expect
      .poll(async () => (await latestRollout(page)).paused?.reason)
      .toBe("look at the backlog first");
    await page.locator("[data-action=resume]").waitFor();
    await decide(page, "p", "Resume the rollout", "backlog is understood");
    await expect.poll(async () => (await latestRollout(page)).paused).toBeNull();
    await page.locator("[data-action=pause]").waitFor();
    await decide(page, "Shift+A", "Abort the rollout", "the backlog is the candidate's");
    await expect
      .poll(async () => (await latestRollout(page)).ending)
      .toMatchObject({ reason: "the backlog is the candidate's" });
    expect((await latestRollout(page)).status).toBe("aborted");
  });
});
