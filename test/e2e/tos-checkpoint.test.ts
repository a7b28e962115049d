import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { focusArrives, pressSequence } from "../support/key-presses";
import { launchBrowser, openWorkspace } from "./support/console-page";
import { tabTo } from "./support/keyboard";
import { takePictures } from "./support/pictures";
import { headSubject, makeCheckpoint, openCheckpoints, operationButton } from "./support/tos-checkpoints";
import {
  decideByKeyboard,
  decideByMouse,
  endedOperation,
  openDialog,
  standsInTheWay,
} from "./support/tos-dialogs";
import { commandsReply, goalCommand, tosWorkspace } from "./support/tos-workspace";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const deniedList = '"deny_if_contains": [';
const configFile = "config_v0_3.json";

const row = (page: Page, name: string) =>
  page
    .getByRole("grid", { name: /^Checkpoints/ })
    .getByRole("row")
    .filter({ hasText: name });

async function failedTest(page: Page): Promise<void> {
  await page.locator('[data-run-standing="failed"]').getByTestId("end-of-run").waitFor();
  await expect.poll(() => page.title()).toContain("TOS denied");
}

describe("checkpoint, rollback and undo", () => {
  it("lead back from a broken configuration and forth again, by mouse", async () => {
    const tos = await tosWorkspace();
    const page = await openCheckpoints(browser, tos);
    await makeCheckpoint(page, "before the edit");
    expect(await headSubject(tos)).toBe("CHECKPOINT before the edit");
    await expect
      .poll(() => row(page, "before the edit").innerText())
      .toMatch(/HEAD[\s\S]*LAST[\s\S]*nothing after it/);

    await page.getByRole("tab", { name: "Configuration" }).click();
    const text = page.getByLabel(`Text of ${configFile}`);
    const before = await text.inputValue();
    await text.fill(before.replace(deniedList, `${deniedList}\n      "printf",`));
    await page.locator("[data-testid=config-check][data-up-to-date=true]").waitFor();
    expect(await page.getByTestId("config-change").innerText()).toMatch(/\+1\s*−0/);
    await page.getByTestId("save-config").click();
    await decideByMouse(page, "printf が危険と思われる");
    await page.locator("[data-testid=config-tab][data-draft=clean]").waitFor();
    await standsInTheWay(page, "G05", "test");

    await operationButton(page, /^Test/).click();
    await decideByMouse(page, "as the runbook asks after a change");
    await page.getByRole("tab", { name: "Run" }).click();
    await failedTest(page);

    await page.getByRole("tab", { name: "Checkpoints" }).click();
    await makeCheckpoint(page, "with the broken list");
    const broken = await readFile(join(tos.root, configFile), "utf8");
    const stepLog = await readFile(join(tos.root, "logs/steps/step_001.json"));
    await row(page, "before the edit").click();
    await page.getByTestId("roll-back-here").click();
    const dialog = openDialog(page);
    await dialog.locator("[data-preview]").waitFor();
    expect(await dialog.locator("[data-preview-commit]").allInnerTexts()).toEqual([
      expect.stringContaining("CHECKPOINT with the broken list"),
    ]);
    const goes = (file: string) => dialog.locator(`[data-preview-file="${file}"]`).innerText();
    expect(await goes(configFile)).toMatch(/changed[\s\S]*tracked[\s\S]*KiB[\s\S]*recoverable/);
    await dialog.locator("[data-preview-kind=run-state]").click();
    expect(await goes("logs/steps/step_001.json")).toMatch(/removed[\s\S]*run state[\s\S]*recoverable/);
    expect(await dialog.getByTestId("test-follows").innerText()).toContain("it costs nothing");
    expect(await dialog.getByTestId("missing").innerText()).toContain("a reason");
    expect(await dialog.getByTestId("confirm").isDisabled()).toBe(true);
    await takePictures(page, "tos-rollback");
    await decideByMouse(page, "テストが失敗した");
    expect(await endedOperation(page, "rollback")).toBe("0");
    const output = page.getByRole("log", { name: "What the operation says" });
    await output.getByText("test passed").waitFor();
    expect(await headSubject(tos)).toBe("CHECKPOINT before the edit");
    expect(await readFile(join(tos.root, configFile), "utf8")).toBe(before);

    const recovery = page.locator("[data-recovery=done]").filter({ hasText: "テストが失敗した" });
    await recovery.getByRole("button", { name: /^Undo/ }).click();
    await dialog.locator("[data-preview]").waitFor();
    expect(await goes(configFile)).toContain("changed");
    await decideByMouse(page, "the list was right after all");
    expect(await endedOperation(page, "undo")).toBe("0");
    expect(await headSubject(tos)).toBe("CHECKPOINT with the broken list");
    expect(await readFile(join(tos.root, configFile), "utf8")).toBe(broken);
    expect(await readFile(join(tos.root, "logs/steps/step_001.json"))).toEqual(stepLog);
    await page.locator("[data-recovery=undone]").filter({ hasText: "テストが失敗した" }).waitFor();
    await takePictures(page, "tos-checkpoints");
  });

  it("lead back and forth by keyboard alone", async () => {
    const tos = await tosWorkspace();
    await tos.script([commandsReply(goalCommand)], 0);
    const page = await openWorkspace(browser, tos.workspace);
    await pressSequence(page, "g", "t");
    await page.getByTestId("tos-page").waitFor();
    await page.keyboard.press("]");
    await page.getByRole("tab", { name: "Steps", selected: true }).waitFor();
    await page.keyboard.press("]");
    await page.getByTestId("checkpoints-tab").waitFor();
    await page.keyboard.press("c");
    await focusArrives(page, "[role=dialog] input");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("keys");
    await page.keyboard.press("Enter");
    expect(await endedOperation(page, "checkpoint", "keys")).toBe("0");

    await page.keyboard.press("]");
    await page.getByTestId("config-tab").waitFor();
    await tabTo(page, "textarea");
    const lines = (await readFile(join(tos.root, configFile), "utf8")).split("\n");
    await page.keyboard.press("Control+Home");
    for (let line = lines.findIndex((text) => text.includes(deniedList)); line >= 0; line -= 1)
      await page.keyboard.press("ArrowDown");
    await page.keyboard.type('"printf", ');
    await page.locator("[data-testid=config-check][data-up-to-date=true]").waitFor();
    await page.keyboard.press("Control+s");
    await openDialog(page).waitFor();
    await decideByKeyboard(page, "by keyboard");
    await page.locator("[data-testid=config-tab][data-draft=clean]").waitFor();
    await standsInTheWay(page, "G05", "test");

    await tabTo(page, "button", "Shift+Tab");
    await page.keyboard.press("t");
    await openDialog(page).waitFor();
    await decideByKeyboard(page, "does it still run?");
    await page.keyboard.press("[");
    await page.getByTestId("checkpoints-tab").waitFor();
    await expect.poll(() => page.title()).toContain("TOS denied");
    await page.keyboard.press("c");
    await focusArrives(page, "[role=dialog] input");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("broken");
    await page.keyboard.press("Enter");
    expect(await endedOperation(page, "checkpoint", "broken")).toBe("0");
    await row(page, "broken").waitFor();

    await tabTo(page, "[role=grid]");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "keys" }).waitFor();
    await tabTo(page, "[data-testid=roll-back-here]");
    await page.keyboard.press("Enter");
    await openDialog(page).locator("[data-preview]").waitFor();
    await decideByKeyboard(page, "back to what ran");
    expect(await endedOperation(page, "rollback")).toBe("0");
    expect(await headSubject(tos)).toBe("CHECKPOINT keys");

    await page.locator("[data-recovery=done]").waitFor();
    await tabTo(page, "[data-recovery=done] button");
    await page.keyboard.press("Enter");
    await openDialog(page).locator("[data-preview]").waitFor();
    await decideByKeyboard(page, "and forth");
    expect(await endedOperation(page, "undo")).toBe("0");
    expect(await headSubject(tos)).toBe("CHECKPOINT broken");
  });
});
