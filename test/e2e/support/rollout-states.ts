import { rename } from "node:fs/promises";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { escape, pressSequence } from "../../support/key-presses";
import { waitMs } from "../../support/limits";
import type { ProfileChanges } from "../../support/rollout/rollout-workspace";
import { axeFindings, goTo, launchBrowser, openWorkspace } from "./console-page";
import { ObservedWorkspace } from "./observed-workspace";
import { takePictures } from "./pictures";
import { writeRollouts } from "./rollout-archive";
import { openRollout } from "./rollout-console";
import { command, latestRollout } from "./rollout-workspace";

/** Everything an operator needs at a glance; the parts that may be scrolled to are not among it. */
const essentials = {
  status: "header [data-standing]",
  "next decision": "[data-testid=next-decision]",
  "roll back": "[data-action=rollback]",
  abort: "[data-action=abort]",
  phases: "[data-testid=phases]",
  "head of the matrix": "[aria-label='Gates and surfaces'] thead",
};

/** Names of the essentials that do not stand inside the window as it is. */
async function outOfSight(page: Page): Promise<string[]> {
  const { height, width } = page.viewportSize() ?? { height: 0, width: 0 };
  const hidden: string[] = [];
  for (const [name, selector] of Object.entries(essentials)) {
    const box = await page.getByTestId("rollout-page").locator(selector).first().boundingBox();
    const inside =
      box !== null && box.y >= 0 && box.y + box.height <= height && box.x >= 0 && box.x + box.width <= width;
    if (!inside) hidden.push(name);
  }
  return hidden;
}

const freeze = {
  id: "always",
  title: "Holiday freeze",
  weekdays: [],
  from: "00:00",
  to: "00:00",
  timeZone: "UTC",
};
const failingHook = {
  program: process.execPath,
  args: ["-e", 'console.error("edge-2 does not answer: connection refused"); process.exit(3)'],
  cwd: ".",
  timeoutMs: waitMs,
  attempts: 1,
  retryDelayMs: 0,
};
/** A release rather than a rehearsal, on which every state is looked at once more. */
const release: ProfileChanges = { rehearsal: false, title: "Cross-surface rollout contract" };

/** The page's own word for how the rollout stands. */
const standing = (page: Page, word: string) =>
  page.getByTestId("rollout-page").locator(`header [data-standing=${word}]`);

/** Brings every state of a rollout about in a theme, and looks at each of its views. */
export function describeStates(theme: "dark" | "light"): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  /** Looks at a state with axe and, on the page of the gates, for what must not be scrolled to. */
  async function expectSound(page: Page, name: string): Promise<void> {
    await takePictures(page, `rollout-${name}-${theme}`);
    expect({ name, axe: await axeFindings(page) }).toEqual({ name, axe: [] });
    if ((await page.getByTestId("rollout-page").count()) > 0)
      expect({ name, outOfSight: await outOfSight(page) }).toEqual({ name, outOfSight: [] });
  }

  it("runs, is paused and is aborted", async () => {
    const { check, page } = await openRollout(browser, { theme, profile: release });
    await check();
    await page.getByTestId("soak").getByText("counts if the next check passes").waitFor();
    await expectSound(page, "running");
    await page.keyboard.press("Shift+A");
    await page.getByRole("dialog", { name: "Abort the rollout" }).waitFor();
    await expectSound(page, "abort");
    await escape(page, page.getByRole("dialog"));
    await command(page, "pause", "waiting for the database team");
    await page.locator("[data-action=resume]").waitFor();
    await expectSound(page, "paused");
    for (const place of ["timeline", "trends"]) {
      await goTo(page, `#/rollout//${place}`);
      await page
        .getByRole("tab", { name: place === "timeline" ? "Timeline" : "Trends", selected: true })
        .waitFor();
      await page
        .locator(place === "timeline" ? "[data-event=paused]" : ".recharts-surface")
        .first()
        .waitFor();
      await expectSound(page, `release-${place}`);
    }
    await goTo(page, "#/overview");
    await page.getByTestId("overview-rollout").waitFor();
    await expectSound(page, "overview");
    await goTo(page, "#/rollout");
    await command(page, "abort", "wrong build");
    await standing(page, "aborted").waitFor();
    await expectSound(page, "aborted");
  });

  it("is held, with its evidence, its notices and a dialog that refuses", async () => {
    const { check, page, workspace } = await openRollout(browser, { theme, profile: release });
    await workspace.runSurface("voice", { queue_depth: 4 });
    await workspace.runSurface("memory", { failure_streak: 1 });
    await check();
    const cell = page.locator("[data-cell='G7 voice']");
    await expect.poll(() => cell.getAttribute("data-cell-status")).toBe("failed");
    await expectSound(page, "held");
    await cell.click();
    await page.getByTestId("evidence").getByText("Expected").first().waitFor();
    await expectSound(page, "held-evidence");
    await page.keyboard.press("Shift+P");
    await page.getByRole("dialog").waitFor();
    await expectSound(page, "held-promote");
    await escape(page, page.getByRole("dialog"));
    await pressSequence(page, "g", "n");
    await page.getByRole("list", { name: "Notices, newest first" }).waitFor();
    await expectSound(page, "notices");
  });

  it("holds for its hook, for a baseline and in a freeze window, all at once", async () => {
    const { check, page, workspace } = await openRollout(browser, {
      theme,
      preflight: true,
      profile: { ...release, percentHook: failingHook },
    });
    await expectSound(page, "preflight");
    await command(page, "promote", "preflight is green");
    await page.getByText("edge-2 does not answer").first().waitFor();
    await expectSound(page, "hook-failed");
    await workspace.runSurfaces();
    await check();
    await rename(
      workspace.file(".tau/voice/runtime-events.jsonl"),
      workspace.file(".tau/voice/runtime-events.jsonl.1"),
    );
    await workspace.runSurface("voice");
    await check();
    await page.getByRole("button", { name: "Rebaseline Voice…" }).waitFor();
    await expectSound(page, "conditions");
  });

  it("stands in a freeze window", async () => {
    const { page } = await openRollout(browser, {
      theme,
      profile: { ...release, freezeWindows: [freeze] },
      preflight: true,
    });
    await page.getByText("Freeze window: Holiday freeze").first().waitFor();
    await expectSound(page, "freeze");
  });

  it("rolls back", async () => {
    const { check, page, workspace } = await openRollout(browser, { theme, profile: release });
    await workspace.runSurface("custom-command", {}, ["case_processing_failed"]);
    await check();
    await page.getByRole("list", { name: "Steps of the rollback" }).waitFor();
    await expectSound(page, "rolled-back");
    await page.locator("[data-cell='G8 custom-command']").click();
    await page.getByTestId("evidence").getByText("Expected").first().waitFor();
    await expectSound(page, "rolled-back-evidence");
  });

  it("is one of many, and not yet started", async () => {
    const workspace = await ObservedWorkspace.create();
    await writeRollouts(workspace.path, 60);
    const page = await openWorkspace(browser, workspace, { theme, hash: "#/rollouts" });
    await expect.poll(() => page.getByTestId("history-count").innerText()).toBe("60 of 60 rollouts");
    await expectSound(page, "history");
    await goTo(page, "#/rollout/start");
    await page.getByRole("form", { name: "Start a rollout" }).waitFor();
    await expectSound(page, "start");
    await page.getByRole("button", { name: /^Start (rollout|rehearsal)$/ }).click();
    await page.getByText("expected a reason").waitFor();
    await expectSound(page, "start-wrong");
  });

  it("is blocked in preflight", async () => {
    const { check, page, workspace } = await openRollout(browser, {
      theme,
      profile: release,
      preflight: true,
    });
    const { candidate } = await latestRollout(page);
    const ci = { schemaVersion: 1, commit: candidate.commit, workflow: "live-smoke-matrix" };
    await workspace.write(".gatehouse/evidence/ci.json", JSON.stringify({ ...ci, conclusion: "failure" }));
    await check();
    await standing(page, "blocked").waitFor();
    await expectSound(page, "blocked");
  });

  it("completes", async () => {
    const { page, workspace } = await openRollout(browser, {
      theme,
      preflight: true,
      profile: { checkIntervalMs: 100, soakMs: 300, automaticPromotionThrough: "general-availability" },
    });
    const stop = workspace.keepRunning();
    const reach = (action: () => Promise<boolean>) => expect.poll(action).toBe(true);
    await reach(async () => {
      const { actions, phase } = await latestRollout(page);
      return (
        phase === "general-availability" &&
        actions.some((known) => known.action === "promote" && known.allowed)
      );
    });
    await reach(async () => (await command(page, "promote", "the checklist is signed")).outcome === "done");
    await stop();
    await standing(page, "complete").waitFor();
    await expectSound(page, "complete");
    await goTo(page, "#/rollout//trends");
    await page.locator(".recharts-surface").first().waitFor();
    await expectSound(page, "trends");
    await goTo(page, "#/rollout//timeline");
    await page.locator("[data-event=rollout-completed]").waitFor();
    await expectSound(page, "timeline");
    await goTo(page, "#/rollout//timeline?sequence=2");
    await page.getByRole("region", { name: "Entry 2 in words" }).waitFor();
    await expectSound(page, "entry");
  });
}
