import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright";
import { launchBrowser, openWorkspace } from "./support/console-page";
import { cycleRecord, ObservedWorkspace } from "./support/observed-workspace";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const hash = "#/surface/dashboard/events";
const lines = (page: Page) => page.locator('[role="row"] [role="gridcell"]:first-child').allInnerTexts();
const matching = (page: Page) => page.getByTestId("matching").innerText();

/** A log in which every tenth cycle fails, one record per minute, and one line is no record. */
async function mixedLog(cycles: number): Promise<ObservedWorkspace> {
  const workspace = await ObservedWorkspace.create();
  await workspace.writeState("dashboard");
  const now = Date.now();
  const records = Array.from({ length: cycles }, (_, index) =>
    cycleRecord({
      unixMs: now - (cycles - index) * 60_000,
      state: index % 10 === 9 ? "degraded" : "healthy",
      codes: index % 10 === 9 ? ["case_processing_failed"] : ["healthy_cycle"],
      failed: index % 10 === 9 ? 1 : 0,
    }),
  );
  await workspace.appendRecords("dashboard", [...records, "no record at all"]);
  return workspace;
}

describe("event log", () => {
  it("filters by state, reason code and time, each shown in the count", async () => {
    const page = await openWorkspace(browser, await mixedLog(200), { hash });
    await expect.poll(() => matching(page)).toMatch(/^201 of 201 lines/);
    await page.getByRole("button", { name: "Degraded" }).click();
    await expect.poll(() => matching(page)).toMatch(/^20 of 201 lines/);
    await page.getByRole("button", { name: "Invalid" }).click();
    await expect.poll(() => matching(page)).toMatch(/^21 of 201 lines/);
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("button", { name: /Reason codes/ }).click();
    await page.getByRole("menuitemcheckbox", { name: /case_processing_failed/ }).click();
    await page.keyboard.press("Escape");
    await expect.poll(() => matching(page)).toMatch(/^20 of 201 lines/);
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("combobox", { name: "Time" }).click();
    await page.getByRole("option", { name: "Last hour" }).click();
    await expect.poll(async () => Number((await matching(page)).split(" ")[0])).toBeLessThan(70);
    expect((await lines(page)).length).toBeGreaterThan(10);
  });

  it("shows a record in full with its line and byte offset, and an invalid line with its problem", async () => {
    const page = await openWorkspace(browser, await mixedLog(20), { hash });
    await page.getByRole("row").nth(0).click();
    const detail = page.getByRole("complementary");
    await detail.getByText("Not a valid record").waitFor();
    expect(await detail.innerText()).toContain("no record at all");
    await detail.getByRole("button", { name: "Older line" }).click();
    await detail.getByText('"health_state": "degraded"').waitFor();
    expect(await detail.getByRole("heading").innerText()).toMatch(/^line 20, byte [\d,]+, \d+ B$/);
    expect(page.url()).toContain("line=20");
  });

  it("stays where it is when rows arrive, says how many, and follows on request", async () => {
    const workspace = await mixedLog(300);
    const page = await openWorkspace(browser, workspace, { hash });
    await page.getByRole("row").first().waitFor();
    await page.getByRole("checkbox", { name: "Follow the newest" }).uncheck();
    await page.getByRole("grid").evaluate((grid) => (grid.scrollTop = 1_400));
    await expect.poll(async () => (await lines(page)).includes("250")).toBe(true);
    const seen = await page.getByRole("row").filter({ hasText: "245" }).first().boundingBox();
    await workspace.appendRecords("dashboard", [cycleRecord(), cycleRecord(), cycleRecord()]);
    await page.getByRole("button", { name: "3 new" }).waitFor();
    expect(await page.getByRole("row").filter({ hasText: "245" }).first().boundingBox()).toEqual(seen);
    await page.getByRole("button", { name: "3 new" }).click();
    await expect.poll(async () => (await lines(page))[0]).toBe("304");
    await workspace.appendRecords("dashboard", [cycleRecord()]);
    await expect.poll(async () => (await lines(page))[0]).toBe("305");
  });

  it("scrolls through 100,000 rows with a bounded page", async () => {
    const page = await openWorkspace(browser, await mixedLog(100_000), { hash });
    await expect.poll(() => matching(page)).toMatch(/^100,001 of 100,001 lines/);
    const grid = page.getByRole("grid");
    await page.getByRole("row").first().waitFor();
    const most = await grid.evaluate(async (scroller) => {
      let rows = 0;
      const step = scroller.scrollHeight / 60;
      for (let position = 0; position < scroller.scrollHeight; position += step) {
        scroller.scrollTop = position;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        rows = Math.max(rows, scroller.querySelectorAll('[role="row"]').length);
      }
      return rows;
    });
    expect(most).toBeGreaterThan(10);
    expect(most).toBeLessThan(80);
    await grid.focus();
    await page.keyboard.press("End");
    await expect.poll(async () => (await lines(page)).at(-1)).toBe("1");
    await page.keyboard.press("Home");
    await expect.poll(async () => (await lines(page))[0]).toBe("100,001");
  });
});
