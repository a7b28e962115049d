import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright";
import { goTo, launchBrowser, openWorkspace } from "./support/console-page";
import { ObservedWorkspace } from "./support/observed-workspace";
import { writeRollouts } from "./support/rollout-archive";

const many = 1_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function openHistory(count: number): Promise<Page> {
  const workspace = await ObservedWorkspace.create();
  await writeRollouts(workspace.path, count);
  return openWorkspace(browser, workspace, { hash: "#/rollouts" });
}

const rows = (page: Page) => page.getByRole("grid", { name: "Rollouts" }).getByRole("row");

describe(`history of ${many} rollouts`, () => {
  it("lists all, filters, sorts and opens one by keyboard", async () => {
    const page = await openHistory(many);
    const count = page.getByTestId("history-count");
    await expect.poll(() => count.innerText()).toBe("1,000 of 1,000 rollouts");
    const first = () => rows(page).nth(1).innerText();
    expect(await first()).toContain("3.0.999");
    // Only what is in sight is drawn.
    expect(await rows(page).count()).toBeLessThan(60);

    const filter = page.getByRole("textbox", { name: "Filter rollouts" });
    await filter.fill("blocked t5");
    await expect.poll(() => count.innerText()).toBe("250 of 1,000 rollouts");
    expect(await first()).toMatch(/Blocked[\s\S]*3\.0\.999[\s\S]*T5/);
    await filter.fill("3.0.12 rehearsal");
    await expect.poll(() => count.innerText()).toBe("5 of 1,000 rollouts");
    expect(await first()).toContain("REHEARSAL");
    await filter.fill("no such thing");
    await page.getByText("No rollout matches").waitFor();
    await page.getByRole("button", { name: "Clear the filter" }).click();

    await page.getByRole("button", { name: "Started (UTC)" }).click();
    await expect.poll(first).toContain("3.0.0");
    const head = page.getByRole("columnheader", { name: "Started (UTC)" });
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    await page.getByRole("grid", { name: "Rollouts" }).focus();
    await page.keyboard.press("End");
    await rows(page).filter({ hasText: "3.0.999" }).waitFor();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => window.location.hash)).toMatch(/^#\/rollout\/\w+-0001$/);
    await page.getByRole("heading", { level: 1, name: /3\.0\.1/ }).waitFor();
  });

  it("shows the timeline of one that has long ended", async () => {
    const page = await openHistory(12);
    await expect.poll(() => page.getByTestId("history-count").innerText()).toBe("12 of 12 rollouts");
    await rows(page).filter({ hasText: "3.0.4" }).click();
    await page.getByRole("tab", { name: "Timeline" }).click();
    await page.getByText("by anna: train 4").waitFor();
    await page.getByText("by anna: over").waitFor();
    await page.getByRole("heading", { level: 1, name: /3\.0\.4/ }).waitFor();
  });

  it("says that there is none yet, and leads to the first", async () => {
    const page = await openWorkspace(browser, await ObservedWorkspace.create(), { hash: "#/rollouts" });
    await page.getByText("No rollout yet").waitFor();
    await goTo(page, "#/rollout");
    await page.getByRole("main").getByRole("link", { name: "Start a rollout" }).click();
    const heading = page.getByRole("heading", { level: 1 });
    await expect.poll(() => heading.innerText()).toBe("Start a rollout");
  });
});
