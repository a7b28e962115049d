import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { surfaceIds } from "#contract/identity";
import { launchBrowser } from "./support/console-page";
import { openRollout } from "./support/rollout-console";
import { latestRollout } from "./support/rollout-workspace";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const cellOf = (page: Page, rule: string, place: string) => page.locator(`[data-cell="${rule} ${place}"]`);
const focusedCell = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("data-cell"));

describe("a rollout that proves itself", () => {
  it("shows phase, percent, soak and every demanded gate, and that it is a rehearsal", async () => {
    const { page } = await openRollout(browser);
    await expect.poll(() => page.getByTestId("percent").innerText()).toContain("5 %");
    expect(await page.getByTestId("rehearsal").innerText()).toContain("REHEARSAL");
    const phases = await page
      .locator("[data-phase]")
      .evaluateAll((steps) =>
        steps.map((step) => [step.getAttribute("data-phase"), step.getAttribute("data-phase-state")]),
      );
    expect(phases).toEqual([
      ["preflight", "passed"],
      ["canary-1", "current"],
      ["canary-2", "ahead"],
      ["canary-3", "ahead"],
      ["general-availability", "ahead"],
    ]);
    for (const gate of ["G4", "G5", "G6", "G7", "G8"])
      for (const surface of surfaceIds)
        expect(await cellOf(page, gate, surface).getAttribute("data-cell-status")).toBe("passed");
    expect(await cellOf(page, "G9", "release").count()).toBe(0);
    await page.getByLabel(/all \d+ rules/).check();
    await cellOf(page, "G9", "release").waitFor();

    const soak = page.getByTestId("soak");
    await soak.getByText("counts if the next check passes").waitFor();
    // Time left is what no check has proven: it does not run while the page is looked at.
    const left = await page.getByTestId("soak-left").innerText();
    expect(left).toBe("1 h");
  });

  it("fits into the smallest window without scrolling sideways", async () => {
    const { page } = await openRollout(browser);
    const overflow = await page
      .getByTestId("rollout-page")
      .evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(overflow).toBe(0);
    await expect(page.getByRole("button", { name: "Roll back" }).isVisible()).resolves.toBe(true);
  });

  it("takes a check by its key, and opens what promotes or ends it only with Shift", async () => {
    const { page } = await openRollout(browser);
    const { checks } = await latestRollout(page);
    await page.keyboard.press("c");
    await expect.poll(async () => (await latestRollout(page)).checks).toBe(checks + 1);
    await page.keyboard.press("a");
    await page.keyboard.press("r");
    expect(await page.getByRole("dialog", { name: /Abort|Roll/ }).count()).toBe(0);
    await page.keyboard.press("Shift+R");
    const dialog = page.getByRole("dialog", { name: "Roll the release back" });
    await dialog.getByRole("textbox").fill("cpPAR");
    expect(await dialog.getByRole("textbox").inputValue()).toBe("cpPAR");
    expect((await latestRollout(page)).checks).toBe(checks + 1);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect((await latestRollout(page)).status).toBe("canary-1");
  });

  it("greys its verdicts once the host is gone, and says so", async () => {
    const { page, served } = await openRollout(browser);
    await served.stop();
    await expect.poll(() => page.getByTestId("check-age").innerText()).toContain("held while disconnected");
    expect(await page.locator("[data-action=abort]").getAttribute("aria-disabled")).toBe("true");
  });
});

describe("a rollout that is held", () => {
  it("explains a cell down to its record, by mouse, and leads to the file", async () => {
    const { check, page, workspace } = await openRollout(browser);
    await workspace.runSurface("voice", { queue_depth: 4 });
    await check();
    const cell = cellOf(page, "G7", "voice");
    await expect.poll(() => cell.getAttribute("data-cell-status")).toBe("failed");
    await page.getByTestId("soak").getByText("What stops it").waitFor();
    expect(await page.getByRole("list", { name: /What holds/ }).innerText()).toContain("G7");
    await cell.click();
    const evidence = page.getByTestId("evidence");
    await evidence.getByText('"queue_depth": 4').first().waitFor();
    const said = await evidence.innerText();
    for (const part of ["Expected", "Observed", "To pass", "spec/tau/rollout.md", "byte"])
      expect(said).toContain(part);
    await evidence.getByRole("button", { name: /state\.json/ }).click();
    await expect.poll(() => page.evaluate(() => window.location.hash)).toBe("#/surface/voice/state");
    await page.goBack();
    await evidence.waitFor();
  });

  it("is gone through by arrow keys as one stop of the tab order, Enter opens, Escape returns", async () => {
    const { check, page, workspace } = await openRollout(browser);
    await workspace.runSurface("dashboard", { queue_depth: 7 });
    await check();
    await expect.poll(() => cellOf(page, "G7", "dashboard").getAttribute("data-cell-status")).toBe("failed");
    await expect(page.locator("[data-cell][tabindex='0']").count()).resolves.toBe(1);
    await cellOf(page, "G4", "voice").focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown"])
      await page.keyboard.press(key);
    expect(await focusedCell(page)).toBe("G7 dashboard");
    await page.keyboard.press("Enter");
    const evidence = page.getByRole("region", { name: "Evidence of G7, Dashboard" });
    await evidence.getByText('"queue_depth": 7').first().waitFor();
    await page.keyboard.press("Escape");
    await evidence.waitFor({ state: "detached" });
    expect(await focusedCell(page)).toBe("G7 dashboard");
  });

  it("keeps a button that may not be pressed in reach, and says why it may not", async () => {
    const { check, page, workspace } = await openRollout(browser);
    await workspace.runSurface("voice", { queue_depth: 4 });
    await check();
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.url()));
    const promote = page.locator("[data-action=promote]");
    await expect.poll(() => promote.getAttribute("aria-disabled")).toBe("true");
    await promote.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Promote the rollout" });
    expect(await dialog.getByRole("list", { name: "What stands in the way" }).innerText()).toMatch(/G7/);
    expect(await dialog.getByTestId("confirm").count()).toBe(0);
    expect(sent.filter((url) => url.endsWith("rollout.command"))).toEqual([]);
  });
});

describe("a rollout that a trigger rolls back", () => {
  it("shows what fired with its line of the log, and the six steps", async () => {
    const { check, page, workspace } = await openRollout(browser);
    await workspace.runSurface("custom-command", {}, ["case_processing_failed"]);
    await check();
    const fired = page.locator("[data-trigger=T3]");
    await expect.poll(() => fired.getAttribute("data-trigger-state")).toBe("fired");
    await expect.poll(() => page.getByTestId("percent").innerText()).toContain("0 %");
    const steps = await page
      .locator("[data-step]")
      .evaluateAll((found) => found.map((step) => step.getAttribute("data-step-state")));
    expect(steps).toEqual(["done", "open", "open", "open", "open", "open"]);
    await fired.getByText('"case_processing_failed"').waitFor();
    await fired.getByRole("button", { name: /runtime-events\.jsonl/ }).click();
    await expect
      .poll(() => page.evaluate(() => window.location.hash))
      .toMatch(/^#\/surface\/custom-command\/events\?line=\d+$/);
  });
});

describe("a decision", () => {
  it("is refused when the state it was made on has changed, keeps the reason, and can be made again", async () => {
    const { page, rolloutId } = await openRollout(browser);
    let refused = 0;
    await page.route("**/api/rollout.command", async (route) => {
      const { command } = route.request().postDataJSON() as { command: { command: string } };
      if (command.command !== "abort" || refused > 0) return route.continue();
      refused += 1;
      // Somebody else pauses between the press and its arrival.
      const { revision } = await latestRollout(page);
      await page.request.post(route.request().url(), {
        data: { command: { command: "pause", rolloutId, revision, reason: "from another window" } },
        headers: { origin: new URL(page.url()).origin },
      });
      return route.continue();
    });
    await page.keyboard.press("Shift+A");
    const dialog = page.getByRole("dialog", { name: "Abort the rollout" });
    await dialog.getByRole("textbox").fill("wrong build");
    await dialog.getByTestId("confirm").click();
    await dialog.getByText("state-changed").waitFor();
    expect((await latestRollout(page)).status).toBe("canary-1");
    expect(await dialog.getByRole("textbox").inputValue()).toBe("wrong build");
    expect(await dialog.locator("[data-fact=Paused]").innerText()).toContain("(was: no)");
    expect(await dialog.getByTestId("confirm").isDisabled()).toBe(true);
    await dialog.getByRole("button", { name: "Decide on this state" }).click();
    await dialog.getByTestId("confirm").click();
    await dialog.waitFor({ state: "detached" });
    const ended = await latestRollout(page);
    expect([ended.status, ended.ending?.reason]).toEqual(["aborted", "wrong build"]);
    await page.getByText("Rollout aborted").waitFor();
  });

  it("is sent once, however fast the button is pressed twice", async () => {
    const { page } = await openRollout(browser);
    let sent = 0;
    await page.route("**/api/rollout.command", async (route) => {
      sent += 1;
      await new Promise((done) => setTimeout(done, 300));
      await route.continue();
    });
    await page.keyboard.press("p");
    const dialog = page.getByRole("dialog", { name: "Pause the rollout" });
    await dialog.getByRole("textbox").fill("look at the backlog first");
    await dialog.getByTestId("confirm").dblclick();
    await dialog.waitFor({ state: "detached" });
    expect(sent).toBe(1);
    await page.locator("[data-action=resume]").waitFor();
    expect((await latestRollout(page)).paused?.reason).toBe("look at the backlog first");
  });

  it("needs a second reason inside a freeze window", async () => {
    const freeze = { id: "always", title: "Holiday freeze", weekdays: [], from: "00:00", to: "00:00" };
    const { page } = await openRollout(browser, {
      preflight: true,
      profile: { freezeWindows: [{ ...freeze, timeZone: "UTC" }] },
    });
    await page.getByText("Freeze window: Holiday freeze").first().waitFor();
    await page.keyboard.press("Shift+P");
    const dialog = page.getByRole("dialog", { name: "Promote the rollout" });
    await dialog.getByRole("textbox", { name: /Reason/ }).fill("preflight is green");
    expect(await dialog.getByTestId("confirm").isDisabled()).toBe(true);
    await dialog.getByRole("textbox", { name: /inside the freeze window/ }).fill("fixes the outage");
    await dialog.getByTestId("confirm").click();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(async () => (await latestRollout(page)).status).toBe("canary-1");
  });
});
