import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright";
import { escape } from "../support/key-presses";
import { busyWorkspace } from "./support/busy-workspace";
import { axeFindings, goTo, launchBrowser, openWorkspace } from "./support/console-page";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Every place of the console, and how to tell that it is drawn. */
const places: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ["#/overview", (page) => page.getByTestId("cycles-dashboard").waitFor()],
  ["#/surface/dashboard/health", (page) => page.locator(".recharts-surface").first().waitFor()],
  ["#/surface/memory/health", (page) => page.getByText("No state file yet").waitFor()],
  ["#/surface/dashboard/events", (page) => page.getByRole("row").first().waitFor()],
  ["#/surface/dashboard/events?line=41", (page) => page.getByText("Not a valid record:").waitFor()],
  ["#/surface/memory/events", (page) => page.getByText("The log is empty").waitFor()],
  ["#/surface/dashboard/state", (page) => page.getByRole("region", { name: "State file" }).waitFor()],
  ["#/surface/memory/state", (page) => page.getByText("There is no state file").waitFor()],
  ["#/surface/dashboard/channels", (page) => page.getByRole("button", { name: /MEMORY/ }).click()],
  ["#/surface/memory/channels", (page) => page.getByText("The channel store is empty").waitFor()],
  ["#/surface/voice/driver", (page) => page.getByRole("radio").first().waitFor()],
  ["#/surface/custom-command/driver", (page) => page.getByText("No run yet").waitFor()],
  ["#/surface/dashboard/driver", (page) => page.getByText("Nothing is run here").waitFor()],
  ["#/surface/browser-automation/live", (page) => page.getByRole("table", { name: "Timeline" }).waitFor()],
  ["#/troubleshooting", (page) => page.getByText("Matches").first().waitFor()],
];

describe.each(["dark", "light"] as const)("axe, %s theme", (theme) => {
  it("finds nothing in any view", async () => {
    const page = await openWorkspace(browser, await busyWorkspace(), { theme });
    const findings: Record<string, string[]> = {};
    for (const [hash, drawn] of places) {
      await goTo(page, hash);
      await drawn(page);
      const found = await axeFindings(page);
      if (found.length > 0) findings[hash] = found;
    }
    expect(findings).toEqual({});
  });

  it("finds nothing in what lies over a view", async () => {
    const page = await openWorkspace(browser, await busyWorkspace(), {
      theme,
      hash: "#/surface/voice/driver",
    });
    const findings: Record<string, string[]> = {};
    const look = async (name: string): Promise<void> => {
      const found = await axeFindings(page);
      if (found.length > 0) findings[name] = found;
    };
    await page.keyboard.press("Control+k");
    await page.getByRole("option").first().waitFor();
    await look("palette");
    await escape(page, page.getByRole("dialog"));
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await look("help");
    await escape(page, page.getByRole("dialog"));
    await page.getByRole("button", { name: "Start schedule" }).click();
    await page.getByRole("button", { name: "Stop schedule" }).click();
    await page.getByText("What this does").waitFor();
    await look("reason");
    await escape(page, page.getByRole("dialog"));
    await goTo(page, "#/surface/dashboard/health");
    await page.getByRole("button", { name: "Show as table" }).click();
    await page.getByRole("region", { name: "Health over time, table" }).waitFor();
    await look("history table");
    await goTo(page, "#/surface/dashboard/events");
    await page.getByRole("button", { name: /Reason codes/ }).click();
    await page.getByRole("menuitemcheckbox").first().waitFor();
    await look("code picker");
    await escape(page, page.getByRole("menu"));
    await page.getByRole("combobox", { name: "Time" }).click();
    await page.getByRole("option").first().waitFor();
    await look("time picker");
    expect(findings).toEqual({});
  });
});
