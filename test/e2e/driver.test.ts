import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright";
import { pressSequence, takeCommand } from "../support/key-presses";
import { busyWorkspace } from "./support/busy-workspace";
import { launchBrowser, openWorkspace } from "./support/console-page";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("driver", () => {
  it("runs a cycle, shows its output, exit code and new figures", async () => {
    const page = await openWorkspace(browser, await busyWorkspace(), { hash: "#/surface/voice/driver" });
    await page.getByRole("button", { name: "Run a cycle now" }).click();
    const output = page.getByRole("log", { name: "Output of the run" });
    await output.getByText(/voice runner summary: discovered=/).waitFor();
    await page.locator('[data-outcome="succeeded"]').waitFor();
    expect(await page.locator('[data-outcome="succeeded"]').innerText()).toContain("exit code 0");
    await pressSequence(page, "g", "o");
    await expect.poll(() => page.getByTestId("cycles-voice").innerText()).toBe("1");
    await expect
      .poll(() => page.locator('tbody[data-surface="voice"] [data-gate]').getAttribute("data-gate"))
      .toBe("pass");
  });

  it("shows an unusable fixture with its error, and runs a picked one", async () => {
    const workspace = await busyWorkspace();
    await workspace.write(".gatehouse/fixtures/voice/broken.json", '{"schema_version": 1, "cases": 7}');
    const page = await openWorkspace(browser, workspace, { hash: "#/surface/voice/driver" });
    const broken = page.locator("label").filter({ hasText: "broken" });
    await broken.waitFor();
    expect(await broken.getByRole("radio").isDisabled()).toBe(true);
    expect(await broken.innerText()).toMatch(/missing field `name`/);
    await page.getByRole("radio", { name: /Canary/i }).check();
    await page.getByRole("button", { name: "Run this one now" }).click();
    await page.locator('[data-outcome="succeeded"]').waitFor();
  });

  it("stops the schedule only with a reason, says what that does, and logs it", async () => {
    const workspace = await busyWorkspace();
    const page = await openWorkspace(browser, workspace, { hash: "#/surface/custom-command/driver" });
    await page.getByRole("button", { name: "Start schedule" }).click();
    const output = page.getByRole("log", { name: "Output of the run" });
    await output.getByText("begun").waitFor();
    await output.getByText("to the other stream").waitFor();
    await page.getByRole("button", { name: "Stop schedule" }).click();
    const dialog = page.getByRole("dialog", { name: "Stop the schedule of Custom command" });
    expect(await dialog.innerText()).toMatch(/No cycle of Custom command begins by itself any more/);
    expect(await dialog.innerText()).toMatch(
      /The run under way .* is asked to end, and killed after 2 seconds/,
    );
    expect(await dialog.getByRole("button", { name: "Stop the schedule" }).isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill("canary is misbehaving");
    await dialog.getByRole("button", { name: "Stop the schedule" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator('[data-outcome="cancelled"]').waitFor();
    await page.getByRole("button", { name: "Start schedule" }).waitFor();
    const log = await readFile(join(workspace.path, ".gatehouse/operator-log.jsonl"), "utf8");
    const entries = log
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.at(-1)).toMatchObject({ action: "stop", reason: "canary is misbehaving" });
  });

  it("cancels a run under way and leaves the schedule alone", async () => {
    const page = await openWorkspace(browser, await busyWorkspace(), {
      hash: "#/surface/custom-command/driver",
    });
    await page.getByRole("button", { name: "Run a cycle now" }).click();
    await page.getByRole("button", { name: "Cancel the run" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel the run of Custom command" });
    expect(await dialog.innerText()).toContain("The schedule goes on as it is");
    await dialog.getByRole("textbox").fill("wrong build");
    await dialog.getByRole("button", { name: "Cancel the run" }).click();
    await page.locator('[data-outcome="cancelled"]').waitFor();
    expect(await page.locator("main").innerText()).toContain("wrong build");
  });

  it("checks the limits while they are typed and writes good ones to the settings file", async () => {
    const workspace = await busyWorkspace();
    const page = await openWorkspace(browser, workspace, { hash: "#/surface/voice/driver" });
    const queue = page.getByLabel("Queue limit, cases");
    await queue.fill("0");
    await page.getByText("Expected a whole number from 1 to 100,000.").waitFor();
    expect(await page.getByRole("button", { name: "Save to the settings file" }).isDisabled()).toBe(true);
    await queue.fill("12");
    await page.getByRole("button", { name: "Save to the settings file" }).click();
    await page.getByText("Voice: settings saved").waitFor();
    const settings = JSON.parse(await readFile(join(workspace.path, ".gatehouse/settings.json"), "utf8")) as {
      surfaces: { voice: { limits: { queueLimit: number } } };
    };
    expect(settings.surfaces.voice.limits.queueLimit).toBe(12);
    await expect.poll(() => queue.inputValue()).toBe("12");
  });

  it("shows a refusal with its code where it was asked for", async () => {
    const page = await openWorkspace(browser, await busyWorkspace());
    await page.keyboard.press("Control+k");
    await takeCommand(page, "run a cycle of dashboard", "Run a cycle of Dashboard now");
    const notices = page.getByRole("region", { name: "Notifications" });
    await notices.getByText("Dashboard: no cycle was started").waitFor();
    expect(await notices.innerText()).toMatch(/only observed[\s\S]*unsupported/);
  });
});
