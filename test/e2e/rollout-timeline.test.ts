import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright";
import { pressSequence, takeCommand } from "../support/key-presses";
import { axeFindings, goTo, launchBrowser, openWorkspace } from "./support/console-page";
import {
  ask,
  command,
  drillProfileId,
  latestRollout,
  proposedCandidate,
  rolloutWorkspace,
} from "./support/rollout-workspace";
import type { ObservedWorkspace } from "./support/observed-workspace";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Starts the drill with the workspace's own candidate and waits for its first check. */
async function startDrill(page: Page, workspace: ObservedWorkspace): Promise<string> {
  const candidate = await proposedCandidate(workspace);
  const started = await ask(page, "rollout.start", {
    candidate,
    profileId: drillProfileId,
    reason: "start: evening train",
  });
  expect(started.outcome).toBe("done");
  await expect.poll(async () => (await latestRollout(page)).checks).toBeGreaterThan(0);
  return (await latestRollout(page)).rolloutId;
}

/** A rollout with one of every command an operator may give before the first canary has soaked. */
async function commandedRollout(page: Page, workspace: ObservedWorkspace): Promise<string> {
  const rolloutId = await startDrill(page, workspace);
  expect((await command(page, "pause", "pause: database team")).outcome).toBe("done");
  expect((await command(page, "promote", "promote: while paused")).outcome).toBe("refused");
  expect((await command(page, "resume", "resume: team is done")).outcome).toBe("done");
  expect(await command(page, "promote", "promote: preflight is green")).toMatchObject({ outcome: "done" });
  return rolloutId;
}

describe("timeline", () => {
  it("shows every command with who gave it and why, and what is new while it is looked at", async () => {
    const workspace = await rolloutWorkspace(600_000);
    const page = await openWorkspace(browser, workspace);
    const rolloutId = await commandedRollout(page, workspace);
    await goTo(page, `#/rollout/${rolloutId}/timeline`);
    const grid = page.getByRole("grid", { name: /Timeline/ });
    const { startedBy } = await latestRollout(page);
    for (const reason of [
      "start: evening train",
      "pause: database team",
      "promote: while paused",
      "resume: team is done",
      "promote: preflight is green",
    ])
      await grid.getByText(`by ${startedBy.name}: ${reason}`).waitFor();
    expect(await grid.locator("[data-event=command-refused]").innerText()).toContain("Refused: promote");
    expect(await grid.locator("[data-event=phase-entered]").first().innerText()).toContain(
      "Canary 1 entered at 5 %",
    );

    await command(page, "abort", "abort: wrong build");
    await grid.getByText("abort: wrong build").waitFor();
    expect(await grid.getByRole("row").first().innerText()).toContain("Aborted");
  });

  it("opens an entry to its events, its place in the journal and its record, by keyboard", async () => {
    const workspace = await rolloutWorkspace(600_000);
    const page = await openWorkspace(browser, workspace);
    const rolloutId = await commandedRollout(page, workspace);
    await goTo(page, `#/rollout/${rolloutId}/timeline`);
    const grid = page.getByRole("grid", { name: /Timeline/ });
    await grid.getByRole("row").first().waitFor();
    await grid.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    const detail = page.getByRole("complementary", { name: "Entry 1" });
    await detail.getByText("start: evening train").waitFor();

    const { entries } = await ask(page, "rollout.timeline", { rolloutId, limit: 500 });
    const first = entries.at(-1);
    expect(first?.sequence).toBe(1);
    await detail.getByText(first?.hash ?? "no entry").waitFor();
    await detail.getByRole("button", { name: "Show the record" }).click();
    await detail.getByText('"type": "rollout-started"').waitFor();

    const check = entries.find((entry) => entry.events[0]?.type === "check-recorded");
    await goTo(page, `#/rollout/${rolloutId}/timeline?sequence=${check?.sequence ?? 0}`);
    const vector = page.getByRole("table", { name: /Gate vector/ });
    expect(await vector.getByRole("row", { name: /^G1 / }).innerText()).toMatch(/pass/);
    await page.keyboard.press("Escape");
    await page.getByRole("complementary", { name: "Where time went" }).waitFor();
  });

  it("leaves out the checks that changed nothing when only what changed is asked for", async () => {
    const workspace = await rolloutWorkspace(600_000);
    const page = await openWorkspace(browser, workspace);
    const rolloutId = await startDrill(page, workspace);
    for (let check = 0; check < 3; check += 1)
      await ask(page, "rollout.command", { command: { command: "check", rolloutId } });
    await command(page, "pause", "pause: notable");
    await goTo(page, `#/rollout/${rolloutId}/timeline`);
    const checks = page.locator("[data-event=check-recorded]");
    await expect.poll(() => checks.count()).toBeGreaterThanOrEqual(4);
    await page.getByLabel("Only what changed").check();
    await expect.poll(() => checks.count()).toBeLessThan(4);
    await page
      .getByRole("grid", { name: /Timeline/ })
      .getByText("pause: notable")
      .waitFor();
  });
});

describe("notices", () => {
  it("tells of a trigger on any page, leads to it, and goes when dismissed", async () => {
    const workspace = await rolloutWorkspace(1_000);
    const page = await openWorkspace(browser, workspace);
    await startDrill(page, workspace);
    // Nobody has run the browser: its missing summary is a failed browser run (T4).
    const promoted = await command(page, "promote", "promote: preflight is green");
    expect(promoted).toMatchObject({ outcome: "done" });
    const notices = page.getByRole("region", { name: "Notices", exact: true });
    const newest = page.getByRole("region", { name: "Newest notices" });
    await newest.getByRole("link", { name: /T4/ }).first().waitFor();
    // What comes by itself covers nothing; the whole list is opened by the operator.
    expect(await notices.count()).toBe(0);
    await newest.getByRole("button", { name: "Show all" }).click();
    const trigger = notices.getByRole("link", { name: /T4/ }).first();
    await trigger.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await trigger.click();
    await expect
      .poll(() => page.evaluate(() => window.location.hash))
      .toMatch(/^#\/rollout\/.+\?trigger=T4$/);
    await notices.getByRole("button", { name: "Dismiss all" }).click();
    await notices.getByText("Nothing to tell").waitFor();
    await expect.poll(() => page.getByRole("button", { name: "Notices, none" }).count()).toBe(1);
    expect(await newest.count()).toBe(0);
  });

  it("asks for the browser's permission only when the operator switches its notifications on", async () => {
    const workspace = await rolloutWorkspace(60_000);
    const page = await openWorkspace(browser, workspace);
    await page.context().grantPermissions(["notifications"]);
    await page.evaluate(() => {
      const asked = Notification.requestPermission.bind(Notification);
      Object.assign(window, { permissionsAsked: 0 });
      Notification.requestPermission = () => {
        (window as unknown as { permissionsAsked: number }).permissionsAsked += 1;
        return asked();
      };
    });
    const asked = () =>
      page.evaluate(() => (window as unknown as { permissionsAsked: number }).permissionsAsked);
    await pressSequence(page, "g", "n");
    const setting = page.getByLabel("Show them as notifications of this browser too");
    expect([await setting.isChecked(), await asked()]).toEqual([false, 0]);
    await setting.click();
    await expect.poll(() => setting.isChecked()).toBe(true);
    expect(await asked()).toBe(1);
    await page.reload();
    await page.waitForFunction(() => document.documentElement.dataset["ready"] === "true");
    await pressSequence(page, "g", "n");
    await expect.poll(() => setting.isChecked()).toBe(true);
  });
});

describe("palette", () => {
  it("offers what may be done to the rollout now and opens its dialog", async () => {
    const workspace = await rolloutWorkspace(600_000);
    const page = await openWorkspace(browser, workspace);
    await startDrill(page, workspace);
    await page.keyboard.press("Control+k");
    await page.getByRole("option", { name: "Pause the rollout" }).waitFor();
    expect(await page.getByRole("option", { name: "Resume the rollout" }).count()).toBe(0);
    await takeCommand(page, "pause the", "Pause the rollout");
    await page
      .getByRole("dialog")
      .or(page.getByRole("alertdialog"))
      .getByText(/Reason/)
      .waitFor();
    expect((await latestRollout(page)).paused).toBeNull();
  });
});

describe.each(["dark", "light"] as const)("axe, %s theme", (theme) => {
  it("finds nothing in timeline, entry and trends", async () => {
    const workspace = await rolloutWorkspace(600_000);
    const page = await openWorkspace(browser, workspace, { theme });
    const rolloutId = await commandedRollout(page, workspace);
    const findings: Record<string, string[]> = {};
    const look = async (name: string): Promise<void> => {
      const found = await axeFindings(page);
      if (found.length > 0) findings[name] = found;
    };
    await goTo(page, `#/rollout/${rolloutId}/timeline`);
    await page
      .getByRole("grid", { name: /Timeline/ })
      .getByText("pause: database team")
      .waitFor();
    await look("timeline");
    await goTo(page, `#/rollout/${rolloutId}/timeline?sequence=2`);
    await page.getByRole("region", { name: "Entry 2 in words" }).waitFor();
    await look("entry");
    await goTo(page, `#/rollout/${rolloutId}/trends`);
    await page.locator(".recharts-surface").first().waitFor();
    await look("trends");
    await page.getByRole("button", { name: "Show as table" }).click();
    await page.getByRole("region", { name: /Trends of Voice/ }).waitFor();
    await look("trends table");
    expect(findings).toEqual({});
  });
});
