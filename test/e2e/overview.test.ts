import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Browser, Page } from "playwright";
import { busyWorkspace } from "./support/busy-workspace";
import { launchBrowser, openWorkspace } from "./support/console-page";
import { cycleRecord } from "./support/observed-workspace";
import { serveConsole } from "./support/served-console";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("overview", () => {
  it("shows every surface with its state, gate and first reason, and says so in the title", async () => {
    const page = await openWorkspace(browser, await busyWorkspace());
    const row = (surface: string) => page.locator(`tbody[data-surface="${surface}"]`);
    await expect.poll(() => row("dashboard").getAttribute("data-status")).toBe("failing");
    expect(await row("custom-command").getAttribute("data-status")).toBe("degraded");
    expect(await row("memory").getAttribute("data-status")).toBe("never-seen");
    expect(await row("dashboard").locator("[data-gate]").innerText()).toBe("Hold");
    expect(await row("dashboard").innerText()).toMatch(/runtime-events\.jsonl\s*:44/);
    expect(await page.getByTestId("summary").innerText()).toMatch(/^\d pass\s*·\s*\d hold/);
    await expect.poll(() => page.title()).toMatch(/^Failing · \d hold · Harbor · Gatehouse$/);
  });

  it("opens every reason with its record, and the row's page at a click", async () => {
    const page = await openWorkspace(browser, await busyWorkspace());
    await page.getByRole("button", { name: "Why Dashboard holds" }).click();
    const holds = page.getByRole("list", { name: "Holds" });
    await holds.getByText("To pass").first().waitFor();
    expect(await holds.innerText()).toContain("case_processing_failed");
    await page.locator('tbody[data-surface="dashboard"] td').nth(3).click();
    await page.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();
  });

  it("follows an appended record without moving anything", async () => {
    const workspace = await busyWorkspace();
    const page = await openWorkspace(browser, workspace);
    const cycles = page.getByTestId("cycles-dashboard");
    await expect.poll(() => cycles.innerText()).toBe("43");
    // Fonts and the first readings of other surfaces may come later than this one, and move it: what counts is the frame
    // that draws the record against the frame before, not two looks with time between them.
    await page.evaluate(() => document.fonts.ready);
    const drawn = page.evaluate(
      () =>
        new Promise<{ before: unknown; after: unknown; shift: number }>((resolve) => {
          let before: unknown = null;
          const look = (): void => {
            const figure = document.querySelector("[data-testid=cycles-dashboard]");
            const after: unknown = figure?.getBoundingClientRect().toJSON();
            if (figure?.textContent === "44") {
              window.gatehouseShift = 0;
              // Two frames on, what this one moved has been told.
              requestAnimationFrame(() =>
                requestAnimationFrame(() => resolve({ before, after, shift: window.gatehouseShift })),
              );
              return;
            }
            before = after;
            requestAnimationFrame(look);
          };
          look();
        }),
    );
    await workspace.appendRecords("dashboard", [cycleRecord()]);
    const { after, before, shift } = await drawn;
    expect(after).toEqual(before);
    // An age that grows by a digit may push the word after it; nothing else may move.
    expect(shift).toBeLessThan(0.001);
  });

  it("paints its frame before its scripts have run, where the scripts then draw it", async () => {
    const workspace = await busyWorkspace();
    const served = await serveConsole(workspace.path);
    onTestFinished(async () => {
      await served.stop();
      await workspace.remove();
    });
    const context = await browser.newContext({ viewport: { width: 1_280, height: 800 } });
    onTestFinished(() => context.close());
    const blocked = await context.newPage();
    const frameOf = async (page: Page) => ({
      rail: await page.getByRole("navigation", { name: "Console" }).boundingBox(),
      bar: await page.getByRole("banner").boundingBox(),
    });
    await blocked.route("**/assets/*.js", (route) => route.abort());
    await blocked.goto(served.link);
    await blocked.getByText("Opening the console").waitFor();
    const before = await frameOf(blocked);
    const live = await context.newPage();
    await live.goto(new URL("/", served.link).href);
    await live.locator("html[data-ready]").waitFor();
    expect(await frameOf(live)).toEqual(before);
  });

  it.each([
    [1_280, 800],
    [1_920, 1_080],
  ])(
    "fits a window of %i by %i without scrolling, and the first figures move nothing",
    async (width, height) => {
      const page = await openWorkspace(browser, await busyWorkspace(), { width, height });
      await page.getByTestId("cycles-dashboard").waitFor();
      const overflow = await page
        .locator("main > div")
        .first()
        .evaluate((main) => ({
          down: main.scrollHeight - main.clientHeight,
          right: main.scrollWidth - main.clientWidth,
        }));
      expect(overflow).toEqual({ down: 0, right: 0 });
      // Words may change as files are read one after the other; the places they stand in may not.
      expect(await page.evaluate(() => window.gatehouseShift)).toBeLessThan(0.01);
    },
  );
});
