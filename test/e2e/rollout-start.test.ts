import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright";
import { pressSequence } from "../support/key-presses";
import { goTo, launchBrowser, openWorkspace } from "./support/console-page";
import { command, latestRollout, proposedCandidate, rolloutWorkspace } from "./support/rollout-workspace";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("starting a rollout", () => {
  it("shows the chosen profile, says at each field what was expected, and starts what the form says", async () => {
    const workspace = await rolloutWorkspace(60_000);
    await workspace.write(".gatehouse/profiles/broken.json", '{"schemaVersion": 2}');
    const candidate = await proposedCandidate(workspace);
    const page = await openWorkspace(browser, workspace);
    await pressSequence(page, "g", "s");
    const form = page.getByRole("form", { name: "Start a rollout" });
    await form.waitFor();
    await page.getByText("broken.json: schemaVersion: expected 1").waitFor();

    const field = (name: string | RegExp) => form.getByLabel(name);
    expect(await field("Candidate version").inputValue()).toBe(candidate.version);
    expect(await field("Commit").inputValue()).toBe(candidate.commit);
    await form.getByText("candidate.json").waitFor();

    await form.getByRole("radio", { name: /Drill/ }).check();
    const phases = page.getByRole("table", { name: "Phases of Drill" });
    expect(await phases.getByRole("row").nth(2).innerText()).toMatch(
      /Canary 1\s+5 %\s+1 min\s+G4 G5 G6 G7 G8/,
    );
    await page.getByText("REHEARSAL").first().waitFor();

    await field("Commit").fill("main");
    await form.getByRole("button", { name: "Start rehearsal" }).click();
    await form.getByText("expected a git commit hash").waitFor();
    await form.getByText("expected a reason").waitFor();
    await field("Commit").fill(candidate.commit);
    await field(/^Reason/).fill("Rehearse the evening shift");
    await form.getByRole("button", { name: "Start rehearsal" }).click();

    await page.getByTestId("rollout-page").waitFor();
    expect(await latestRollout(page)).toMatchObject({
      candidate,
      profileId: "drill",
      rehearsal: true,
      startReason: "Rehearse the evening shift",
    });
  });

  it("shows in the form why it is refused while another rollout runs, and what holds on every page", async () => {
    const workspace = await rolloutWorkspace(60_000);
    const page = await openWorkspace(browser, workspace, { hash: "#/rollout/start" });
    const start = async (): Promise<void> => {
      await page.getByRole("radio", { name: /Drill/ }).check();
      await page.getByLabel(/^Reason/).fill("first");
      await page.getByRole("button", { name: "Start rehearsal" }).click();
    };
    await start();
    await page.getByTestId("rollout-page").waitFor();
    await goTo(page, "#/rollout/start");
    await page.getByText("Will be refused while the rollout of").waitFor();
    await start();
    await page.getByRole("alert").getByText("rollout-active").waitFor();
    expect(await page.getByLabel(/^Reason/).inputValue()).toBe("first");

    await command(page, "pause", "lunch of the database team");
    for (const hash of ["#/overview", "#/troubleshooting", "#/rollouts", "#/surface/memory/health"]) {
      await goTo(page, hash);
      const line = page.getByTestId("rollout-line");
      await expect.poll(() => line.innerText()).toMatch(/REHEARSAL[\s\S]*Preflight, 0 %[\s\S]*Paused/);
      await expect.poll(() => line.innerText()).toContain("lunch of the database team");
    }
    await expect.poll(() => page.title()).toContain("Preflight 0 % paused, rehearsal");
  });
});
