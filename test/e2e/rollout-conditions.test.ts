import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { waitMs } from "../support/limits";
import { goTo, launchBrowser, openPage } from "./support/console-page";
import { openRollout } from "./support/rollout-console";
import { ask, command, latestRollout } from "./support/rollout-workspace";
import { serveConsole } from "./support/served-console";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const statusOf = (page: Page, cell: string) =>
  page.locator(`[data-cell="${cell}"]`).getAttribute("data-cell-status");

/** Gives the reason in the dialog that is open, and confirms. */
async function confirm(page: Page, title: string, reason: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: title });
  await dialog.getByRole("textbox").fill(reason);
  await dialog.getByTestId("confirm").click();
  await dialog.waitFor({ state: "detached" });
}

describe("what holds the rollout as a whole", () => {
  it("a log that was moved aside holds until a new baseline is taken, with a reason", async () => {
    const { check, page, workspace } = await openRollout(browser);
    expect(await statusOf(page, "R-BASELINE voice")).toBe("passed");
    const log = workspace.file(".tau/voice/runtime-events.jsonl");
    await rename(log, `${log}.1`);
    await workspace.runSurface("voice");
    await check();
    await expect.poll(() => statusOf(page, "R-BASELINE voice")).toBe("failed");
    const conditions = page.getByRole("group", { name: "Conditions" });
    await conditions.getByText("The log of Voice is not the one its baseline was taken from.").waitFor();
    expect(await page.locator("[data-action=promote]").getAttribute("aria-disabled")).toBe("true");

    await conditions.getByRole("button", { name: "Rebaseline Voice…" }).click();
    await confirm(page, "Take a new baseline for Voice", "log rotated by the host, nothing lost");
    await conditions.waitFor({ state: "detached" });
    await workspace.runSurfaces();
    await check();
    await expect.poll(() => statusOf(page, "R-BASELINE voice")).toBe("passed");
    expect((await latestRollout(page)).invalidBaselines).toEqual([]);
    await goTo(page, "#/rollout//timeline");
    await page
      .locator("[data-event=rebaselined]")
      .getByText("log rotated by the host, nothing lost")
      .waitFor();
  });

  it("a hook that failed shows its output, and is run again until it is done", async () => {
    const giveOnceMended =
      'if (require("fs").existsSync("edge-2-is-up")) console.log("edge-2 has", process.env.GATEHOUSE_PERCENT);' +
      'else { console.error("edge-2 does not answer"); process.exit(3); }';
    const { page, workspace } = await openRollout(browser, {
      preflight: true,
      profile: {
        percentHook: {
          program: process.execPath,
          args: ["-e", giveOnceMended],
          cwd: ".",
          timeoutMs: waitMs,
          attempts: 1,
          retryDelayMs: 0,
        },
      },
    });
    await command(page, "promote", "preflight is green");
    const conditions = page.getByRole("group", { name: "Conditions" });
    await conditions.getByText("edge-2 does not answer").waitFor();
    expect(await conditions.innerText()).toMatch(
      /Hook for 5 % .*: failed[\s\S]*attempt 1 of 1[\s\S]*exit code 3/,
    );
    expect(await page.locator("[data-action=promote]").getAttribute("aria-disabled")).toBe("true");

    await workspace.write("edge-2-is-up", "");
    await conditions.getByRole("button", { name: "Run the hook again…" }).click();
    await confirm(page, "Run the hook again", "edge-2 is back");
    await conditions.waitFor({ state: "detached" });
    await page.getByTestId("recorded").getByText("edge-2 has 5").waitFor();
    expect((await latestRollout(page)).effects).toMatchObject([{ percent: 5, state: "done" }]);
  });

  it("a journal broken while no console was open is shown with its line and offset, and holds everything", async () => {
    const { page, rolloutId, served, workspace } = await openRollout(browser);
    await command(page, "pause", "going home");
    const before = await latestRollout(page);
    await page.goto("about:blank");
    await served.stop();
    const path = join(workspace.path, ".gatehouse/rollouts", rolloutId, "journal.jsonl");
    const bytes = await readFile(path);
    const firstLine = bytes.indexOf(10) + 1;
    const middle = bytes.indexOf('"reason":"preflight is green"');
    expect(middle).toBeGreaterThan(firstLine);
    bytes[middle + '"reason":"'.length] = 0x50;
    await writeFile(path, bytes);
    const line = bytes.subarray(0, middle).toString().split("\n").length;
    const offset = bytes.lastIndexOf(10, middle) + 1;

    const again = await serveConsole(workspace.path);
    onTestFinished(() => again.stop());
    const reopened = await openPage(browser, again.link, { hash: "#/rollout" });
    const notice = reopened.getByRole("group", { name: "Conditions" }).getByRole("alert");
    await notice.getByText("The journal cannot be trusted: everything holds.").waitFor();
    expect(await notice.innerText()).toContain(`journal.jsonl:${line}, byte ${offset}`);
    await reopened.getByTestId("rollout-page").locator("header [data-standing=untrusted]").waitFor();
    // What comes before the break is shown, and nothing after it is believed.
    const shown = await latestRollout(reopened);
    expect(shown).toMatchObject({ rolloutId, phase: "preflight" });
    expect(shown.journal.entries).toBe(line - 1);
    expect(shown.journal.entries).toBeLessThan(before.journal.entries);
    for (const action of ["check", "pause", "promote", "abort", "rollback"])
      expect(await reopened.locator(`[data-action=${action}]`).getAttribute("aria-disabled")).toBe("true");
    const refused = await ask(reopened, "rollout.command", {
      command: { command: "abort", rolloutId, revision: shown.revision, reason: "try all the same" },
    });
    expect(refused.refusal?.code).toBe("journal-broken");
    expect(await readFile(path)).toEqual(bytes);

    await goTo(reopened, "#/rollout/start");
    await reopened
      .getByRole("radio", { name: /quick|Rehearsal/ })
      .last()
      .check();
    await reopened.getByLabel(/^Reason/).fill("after the broken journal");
    await reopened.getByRole("button", { name: /^Start (rollout|rehearsal)$/ }).click();
    await reopened.getByTestId("rollout-page").locator("header [data-standing]").first().waitFor();
    await expect.poll(async () => (await latestRollout(reopened)).rolloutId).not.toBe(rolloutId);
    expect((await latestRollout(reopened)).startReason).toBe("after the broken journal");
  });
});

describe("what an operator takes with them", () => {
  it("copies a step of the rollback as it is to be carried out", async () => {
    const { check, page, workspace } = await openRollout(browser);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await workspace.runSurface("custom-command", {}, ["case_processing_failed"]);
    await check();
    await page.getByRole("button", { name: "Copy step 3" }).click();
    await page.getByText("Copied", { exact: true }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const step = (await latestRollout(page)).rollback?.steps.find((known) => known.step === 3);
    expect(copied).toContain("/release-channel show");
    expect(step?.instruction.startsWith(copied)).toBe(true);
    expect(copied).not.toContain("By hand for now");
  });

  it("finds what held an earlier check in the timeline, long after it passed", async () => {
    const { check, page, workspace } = await openRollout(browser);
    await workspace.runSurface("voice", { queue_depth: 4 });
    await check();
    const held = (await latestRollout(page)).checks;
    await workspace.runSurface("voice");
    await check();
    await expect.poll(() => statusOf(page, "G7 voice")).toBe("passed");
    await page.getByRole("tab", { name: "Timeline" }).click();
    await page
      .getByRole("grid", { name: /Timeline/ })
      .getByRole("row")
      .filter({ hasText: new RegExp(`Check ${held}\\b.*: held by G7`) })
      .click();
    const entry = page.getByRole("complementary", { name: /^Entry/ });
    await entry.getByText("G7 Voice, failed").waitFor();
    await entry.getByText('"queue_depth": 4').waitFor();
    const said = await entry.innerText();
    for (const part of ["Expected", "Observed", "To pass", "state.json", "byte"])
      expect(said).toContain(part);
    const vector = entry.getByRole("table", { name: /Gate vector/ });
    expect(await vector.getByRole("row", { name: /^G7 / }).innerText()).toMatch(/failed/);
    await entry.getByRole("button", { name: "Newer entry" }).click();
    await entry.getByText(new RegExp(`^Check ${held + 1}\\b.*: every gate passed`)).waitFor();
  });
});
