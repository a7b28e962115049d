import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { escape, focusArrives } from "../support/key-presses";
import { axeFindings, goTo, launchBrowser } from "./support/console-page";
import { takePictures } from "./support/pictures";
import { openCheckpoints, operationButton, readAnew } from "./support/tos-checkpoints";
import { decideByMouse, openDialog } from "./support/tos-dialogs";
import { tosWorkspace } from "./support/tos-workspace";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const configFile = "config_v0_3.json";
const editor = (page: Page) => page.getByLabel(`Text of ${configFile}`);
const checked = (page: Page) => page.locator("[data-testid=config-check][data-up-to-date=true]").waitFor();

/** What of the editor's text is selected. */
function selectedText(page: Page): Promise<string> {
  return editor(page).evaluate((field) => {
    const { selectionEnd, selectionStart, value } = field as HTMLTextAreaElement;
    return value.slice(selectionStart, selectionEnd);
  });
}

describe("the configuration", () => {
  it("is checked as it is typed, leads to each problem, and is saved past a rule only by its name", async () => {
    const tos = await tosWorkspace();
    const page = await openCheckpoints(browser, tos, { hash: "#/tos/config" });
    const before = await editor(page).inputValue();
    await editor(page).fill(before.replace('"max_steps": 8', '"max_steps": "8",\n  "slack": {}'));
    await checked(page);
    const problems = page.getByRole("list", { name: "Problems of the configuration" });
    await problems.getByText(/max_steps: expected/).click();
    expect(await selectedText(page)).toBe('"max_steps"');
    await problems.getByText(/slack: undefined key/).click();
    expect(await selectedText(page)).toBe('"slack"');
    expect(await page.getByRole("region", { name: "Problems" }).innerText()).toMatch(/G20[\s\S]*G21/);
    await takePictures(page, "tos-config");

    await page.getByTestId("save-config").click();
    const dialog = openDialog(page);
    await dialog.locator("textarea").fill("only to see what happens");
    expect(await dialog.getByTestId("confirm").isDisabled()).toBe(true);
    await dialog.getByRole("button", { name: "Go on editing" }).click();
    expect(await readFile(join(tos.root, configFile), "utf8")).toBe(before);

    await editor(page).fill("{ not JSON");
    await checked(page);
    await problems.getByText(/is not valid JSON/).waitFor();
    await page.getByRole("button", { name: "Put back" }).click();
    await checked(page);
    expect(await editor(page).inputValue()).toBe(before);
    await page.getByRole("button", { name: "Bring back the edit put aside" }).click();
    expect(await editor(page).inputValue()).toBe("{ not JSON");

    // An edit outlives a look at another tab.
    await editor(page).fill(before.replace('"max_steps": 8', '"max_steps": 8,\n  "slack": {}'));
    await page.getByRole("tab", { name: "Rules" }).click();
    await page.getByTestId("rules-tab").waitFor();
    await page.getByRole("tab", { name: "Configuration" }).click();
    expect(await editor(page).inputValue()).toContain('"slack"');
    await checked(page);
    await page.getByTestId("save-config").click();
    expect(await dialog.locator("[data-rule=G20]").innerText()).toMatch(/blocks[\s\S]*slack: undefined key/);
    await decideByMouse(page, "a drill: it must be refused by run");
    await page.locator("[data-testid=config-tab][data-draft=clean]").waitFor();
    expect(await readFile(join(tos.root, configFile), "utf8")).toContain('"slack"');
    await operationButton(page, /^Run/).click();
    expect(await dialog.locator("[data-rule=G20]").innerText()).toContain("blocks");
    await escape(page, dialog);
    await goTo(page, "#/tos/rules");
    await page.locator("[data-rule=G20][data-rule-status=broken]").waitFor();
  });

  it("loses neither edit when the file is changed elsewhere meanwhile", async () => {
    const tos = await tosWorkspace();
    const page = await openCheckpoints(browser, tos, { hash: "#/tos/config" });
    const before = await editor(page).inputValue();
    await editor(page).fill(before.replace('"max_steps": 8', '"max_steps": 5'));
    await checked(page);
    const path = join(tos.root, configFile);
    // In one step, as an editor does: half a file would be a change of its own.
    await writeFile(`${path}.new`, before.replace('"timeout_sec": 120', '"timeout_sec": 90'));
    await rename(`${path}.new`, path);
    const conflict = page.getByTestId("config-conflict");
    await conflict.waitFor();
    expect(
      await conflict.getByRole("region", { name: "Changed on disk", exact: true }).innerText(),
    ).toContain('"timeout_sec": 90');
    expect(await conflict.getByRole("region", { name: "Changed by you", exact: true }).innerText()).toContain(
      '"max_steps": 5',
    );
    expect(await page.getByTestId("save-config").isDisabled()).toBe(true);
    await takePictures(page, "tos-config-conflict");
    expect(await axeFindings(page)).toEqual([]);
    await conflict.getByRole("button", { name: "Put my edit onto the file" }).click();
    await conflict.waitFor({ state: "detached" });
    await checked(page);
    await page.getByTestId("save-config").click();
    await decideByMouse(page, "five steps are enough");
    await page.locator("[data-testid=config-tab][data-draft=clean]").waitFor();
    expect(await readFile(path, "utf8")).toBe(
      before.replace('"timeout_sec": 120', '"timeout_sec": 90').replace('"max_steps": 8', '"max_steps": 5'),
    );
  });
});

describe.each(["dark", "light"] as const)(
  "axe on checkpoints, configuration and rules, %s theme",
  (theme) => {
    it("finds nothing", async () => {
      const tos = await tosWorkspace();
      const page = await openCheckpoints(browser, tos, { theme });
      const findings: Record<string, string[]> = {};
      const look = async (name: string): Promise<void> => {
        // Both themes have the same elements; only their colours differ.
        const found = await axeFindings(page, theme === "light" ? ["color-contrast"] : []);
        if (found.length > 0) findings[name] = found;
        await takePictures(page, `tos-${name}-${theme}`);
      };
      await page.keyboard.press("c");
      await openDialog(page).waitFor();
      await look("checkpoint-dialog");
      await focusArrives(page, "[role=dialog] input");
      await page.keyboard.press("Enter");
      await page.locator("[data-run-operation=checkpoint][data-run-state=ended]").waitFor();
      await writeFile(join(tos.root, "new.md"), "new\n");
      await readAnew(page);
      await page.locator("[data-tree=dirty]").waitFor();
      await page.locator("[data-diff], [data-testid=checkpoints-tab] .figure").first().waitFor();
      await look("dirty");
      await page.keyboard.press("b");
      await openDialog(page).locator("[data-preview]").waitFor();
      await look("rollback-dialog");
      await escape(page, openDialog(page));
      await page.locator("[data-settle=discard]").click();
      await openDialog(page).waitFor();
      await look("discard-dialog");
      await escape(page, openDialog(page));

      await goTo(page, "#/tos/config");
      await editor(page).fill(
        (await editor(page).inputValue()).replace('"max_steps": 8', '"max_steps": "8"'),
      );
      await checked(page);
      await look("config-problem");
      await page.getByTestId("save-config").click();
      await openDialog(page).waitFor();
      await look("save-dialog");
      await escape(page, openDialog(page));

      await goTo(page, "#/tos/rules");
      await page.locator("[data-rule]").first().waitFor();
      await look("rules");
      await page.getByRole("button", { name: /^I have read the runbook/ }).click();
      await look("runbook-dialog");
      await page.getByRole("button", { name: "I have read and understood it" }).click();
      await page.locator("[data-rule=G03][data-rule-status=kept]").waitFor();
      await page.getByRole("button", { name: "Failure report…" }).click();
      const report = page.getByRole("textbox", { name: "Failure report" });
      await expect.poll(() => report.inputValue()).toContain("基本情報");
      await look("failure-report");
      await page.getByRole("button", { name: "Copy" }).click();
      await page.getByText("The failure report is in the clipboard.").waitFor();
      await page.context().grantPermissions(["clipboard-read"]);
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await report.inputValue());
      expect(findings).toEqual({});
    });
  },
);
