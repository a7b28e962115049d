import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright";
import { escape, pressSequence, takeCommand } from "../support/key-presses";
import { busyWorkspace } from "./support/busy-workspace";
import { launchBrowser, openWorkspace } from "./support/console-page";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("keyboard", () => {
  it("reaches every view and comes back", async () => {
    const page = await openWorkspace(browser, await busyWorkspace());
    const heading = () => page.getByRole("heading", { level: 1 }).innerText();
    const names = ["Voice", "Browser automation", "Dashboard", "Custom command", "Memory"];
    for (const [index, name] of names.entries()) {
      await page.keyboard.press(String(index + 1));
      await expect.poll(heading).toBe(name);
    }
    await page.keyboard.press("3");
    await expect.poll(heading).toBe("Dashboard");
    await page.keyboard.press("]");
    await expect.poll(() => page.getByRole("tab", { selected: true }).innerText()).toBe("Events");
    await page.keyboard.press("[");
    await expect.poll(() => page.getByRole("tab", { selected: true }).innerText()).toBe("Health");
    await pressSequence(page, "g", "u");
    await expect.poll(heading).toBe("Troubleshooting");
    await pressSequence(page, "g", "o");
    await expect.poll(heading).toBe("Overview");
  });

  it("finds a command by typing and opens help", async () => {
    const page = await openWorkspace(browser, await busyWorkspace());
    await page.keyboard.press("Control+k");
    await takeCommand(page, "dashboard: state", "Dashboard: State file");
    await expect.poll(() => page.getByRole("tab", { selected: true }).innerText()).toBe("State file");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard" });
    await help.waitFor();
    await escape(page, help);
  });

  it("moves through the event log, opens a record and closes it", async () => {
    const page = await openWorkspace(browser, await busyWorkspace(), { hash: "#/surface/dashboard/events" });
    const grid = page.getByRole("grid");
    await grid.getByRole("row").first().waitFor();
    await grid.focus();
    await page.keyboard.press("j");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Line 43" }).waitFor();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Line 1" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("complementary").count()).toBe(0);
  });

  it("keeps a chosen theme over a reload, from the first paint on", async () => {
    const page = await openWorkspace(browser, await busyWorkspace());
    const theme = () => page.evaluate(() => document.documentElement.dataset["theme"] ?? "system");
    await pressSequence(page, "g", "d");
    await expect.poll(theme).toBe("light");
    await page.reload({ waitUntil: "commit" });
    await expect.poll(theme).toBe("light");
    await page.waitForFunction(() => document.documentElement.dataset["ready"] === "true");
  });
});
