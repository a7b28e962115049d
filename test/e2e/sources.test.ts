import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Browser } from "playwright";
import { waitMs } from "../support/limits";
import { pressSequence } from "../support/key-presses";
import { openConsole } from "../../main/host/compose";
import { AccessControl } from "../../main/server/access";
import { startConsoleServer } from "../../main/server/console-server";
import { systemClock } from "../../main/system/clock";
import { ensureBuilt } from "../support/build";
import { join } from "node:path";
import { busyWorkspace } from "./support/busy-workspace";
import { launchBrowser, openPage, openWorkspace } from "./support/console-page";
import { cycleRecord, ObservedWorkspace } from "./support/observed-workspace";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("sources that cannot be trusted", () => {
  it("greys what is stale, names it, and holds", async () => {
    const workspace = await ObservedWorkspace.create({
      dashboard: { driver: "observe", staleAfterMs: waitMs },
    });
    // Fresh for a second more; what is written anew below is fresh for as long as anything is waited for.
    await workspace.writeState("dashboard", { updated_unix_ms: Date.now() - waitMs + 1_000 });
    await workspace.appendRecords("dashboard", [cycleRecord()]);
    const page = await openWorkspace(browser, workspace);
    const rows = page.locator('tbody[data-surface="dashboard"]');
    await expect.poll(() => rows.getAttribute("data-status")).toBe("stale");
    expect(await rows.locator("[data-gate]").innerText()).toBe("Hold");
    expect(await rows.locator("td.held").count()).toBeGreaterThanOrEqual(6);
    const [grey, figure] = await rows
      .locator("td.held .figure")
      .first()
      .evaluate((element) => {
        const probe = document.createElement("span");
        probe.style.color = "var(--stale)";
        document.body.append(probe);
        const colours = [getComputedStyle(probe).color, getComputedStyle(element).color];
        probe.remove();
        return colours;
      });
    expect(figure).toBe(grey);
    await workspace.writeState("dashboard");
    await expect.poll(() => rows.getAttribute("data-status")).toBe("healthy");
  });

  it("tells an unreadable state file from a missing one, with file and reason, and keeps the last figures", async () => {
    const workspace = await ObservedWorkspace.create();
    await workspace.writeState("dashboard", { last_cycle_discovered: 17 });
    const page = await openWorkspace(browser, workspace, { hash: "#/surface/dashboard/state" });
    await page.getByRole("region", { name: "State file" }).getByText('"last_cycle_discovered": 17').waitFor();
    await workspace.write(".tau/dashboard/state.json", '{"health": {"failure_streak": "many"}}');
    await page.getByText("The state file cannot be trusted").waitFor();
    expect(await page.locator("main").innerText()).toMatch(/failure_streak/);
    await pressSequence(page, "g", "o");
    const rows = page.locator('tbody[data-surface="dashboard"]');
    await expect.poll(() => rows.getAttribute("data-status")).toBe("unreadable");
    expect(await rows.locator("td.held").allInnerTexts()).toContain("17");
  });

  it("lists mistakes in the settings and takes them away when they are mended", async () => {
    const workspace = await ObservedWorkspace.create();
    const page = await openWorkspace(browser, workspace);
    await workspace.writeSettings({ schemaVersion: 1, surfaces: { voice: { driver: "embeded" } } });
    const banner = page.getByRole("alert").filter({ hasText: "has mistakes" });
    await banner.waitFor();
    // A half-written file may be seen first; what is wrong with the whole one follows.
    await expect.poll(() => banner.innerText()).toMatch(/settings\.json[\s\S]*voice/);
    await workspace.writeSettings({ schemaVersion: 1, name: "Mended", surfaces: {} });
    await banner.waitFor({ state: "detached" });
    await page.getByText("Mended").first().waitFor();
  });

  it("counts reason codes since a mark", async () => {
    const workspace = await busyWorkspace();
    const page = await openWorkspace(browser, workspace, { hash: "#/surface/dashboard/health" });
    await page.getByRole("button", { name: "Set mark" }).click();
    const since = page.getByTestId("since-mark-healthy_cycle");
    await expect.poll(() => since.innerText()).toBe("0");
    await workspace.appendRecords("dashboard", [cycleRecord(), cycleRecord()]);
    await expect.poll(() => since.innerText()).toBe("2");
    expect(await page.getByTestId("total-healthy_cycle").innerText()).toBe("42");
    await page.getByRole("button", { name: "Clear mark" }).click();
    await expect.poll(() => since.innerText()).toBe("–");
  });
});

describe("connection", () => {
  it("holds every figure while the host is away, and catches up when it is back", async () => {
    const workspace = await busyWorkspace();
    const rendererDirectory = join(await ensureBuilt(), "renderer");
    const opened = await openConsole({
      path: workspace.path,
      kind: "server",
      clock: systemClock,
      version: "test",
      onProblem: () => undefined,
    });
    const access = new AccessControl();
    const serve = (port: number) =>
      startConsoleServer({ host: opened.host, access, rendererDirectory, address: "127.0.0.1", port });
    let server = await serve(0);
    onTestFinished(async () => {
      await server.close();
      await opened.close();
      await workspace.remove();
    });
    const page = await openPage(browser, server.issueLink());
    await expect.poll(() => page.getByTestId("cycles-dashboard").innerText()).toBe("43");
    const port = Number(new URL(server.origin).port);
    await server.close();
    const banner = page.getByRole("alert").filter({ hasText: "Nothing is heard from the host" });
    await banner.waitFor();
    expect(await page.title()).toMatch(/^Disconnected/);
    expect(await page.getByTestId("cycles-dashboard").innerText()).toBe("43");
    expect(await page.locator('tbody[data-surface="browser-automation"] td.held').count()).toBeGreaterThan(6);
    await workspace.appendRecords("dashboard", [cycleRecord()]);
    server = await serve(port);
    await banner.waitFor({ state: "detached" });
    await expect.poll(() => page.getByTestId("cycles-dashboard").innerText()).toBe("44");
    expect(await page.locator('tbody[data-surface="browser-automation"] td.held').count()).toBe(0);
  });
});
