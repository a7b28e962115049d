import type { Browser, Page } from "playwright";
import { expect, onTestFinished } from "vitest";
import { RolloutWorkspace, type ProfileChanges } from "../../support/rollout/rollout-workspace";
import { goTo, openPage, type PageOptions } from "./console-page";
import { ask, command, latestRollout } from "./rollout-workspace";
import { serveConsole, type ServedConsole } from "./served-console";

/** A rollout in a served console, and the workspace whose surfaces the test writes. */
export interface OpenRollout {
  readonly page: Page;
  readonly workspace: RolloutWorkspace;
  readonly served: ServedConsole;
  readonly rolloutId: string;
  /** Takes a check by hand, on figures written just now unless the test wrote its own. */
  check(): Promise<void>;
}

/** Checks are taken by hand only, so that what is on screen is what the test caused. */
const byHand: ProfileChanges = {
  checkIntervalMs: 600_000,
  maximumEvidenceAgeMs: 600_000,
  soakMs: 3_600_000,
};

/** Starts a rollout on the page of its gates, and promotes it to canary 1 unless told to stay in preflight. */
export async function openRollout(
  browser: Browser,
  options: PageOptions & { readonly profile?: ProfileChanges; readonly preflight?: boolean } = {},
): Promise<OpenRollout> {
  const workspace = await RolloutWorkspace.create({ ...byHand, ...options.profile });
  const served = await serveConsole(workspace.path);
  onTestFinished(async () => {
    await served.stop();
    await workspace.remove();
  });
  const page = await openPage(browser, served.link, options);
  const started = await ask(page, "rollout.start", await workspace.startRequest());
  expect(started.refusal).toBeNull();
  const { rolloutId } = await latestRollout(page);
  await expect.poll(async () => (await latestRollout(page)).checks).toBeGreaterThan(0);
  const check = async (): Promise<void> => {
    const outcome = await ask(page, "rollout.command", { command: { command: "check", rolloutId } });
    expect(outcome.refusal).toBeNull();
  };
  if (options.preflight !== true) {
    expect(await command(page, "promote", "preflight is green")).toMatchObject({ outcome: "done" });
    await workspace.runSurfaces();
    await check();
  }
  await goTo(page, "#/rollout");
  await page.getByTestId("rollout-page").waitFor();
  // What was done above has arrived on the page: a decision begun before that would be about a state that is gone.
  const { checks } = await latestRollout(page);
  const shownCheck = async (): Promise<number> => {
    const text = await page.getByTestId("check-age").innerText();
    return Number(/check (\d+) \(/.exec(text)?.[1] ?? 0);
  };
  await expect.poll(shownCheck).toBeGreaterThanOrEqual(checks);
  return { page, workspace, served, rolloutId, check };
}
