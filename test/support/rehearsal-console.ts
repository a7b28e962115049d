import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { surfaceIds } from "#contract/identity";
import type { RolloutProfile } from "#contract/rollout/profile";
import type { PhaseId, TriggerId } from "#contract/rollout/vocabulary";
import { projectRoot } from "../../resources/setup/project.mjs";
import { prepareDemoWorkspace } from "../../main/workspace/demo";
import { launchConsole, type ElectronConsole } from "./electron-console";
import { waitUntil } from "./wait-until";

/**
 * Soak of every phase after preflight and distance of checks, milliseconds: a rollout in less than half a minute. Proven is
 * only what lies between two checks, so that a soak takes at least two intervals.
 */
const checkIntervalMs = 500;
const soakMs = 3 * checkIntervalMs;

/**
 * Distance of a surface's cycles, milliseconds; each phase needs figures of every surface that are newer than itself. A cycle
 * is a process of its own, the browser's a Chromium: at half the distance, two rehearsals side by side keep two processors
 * busy with nothing else and take twice as long.
 */
const cycleIntervalMs = 4_000;

/** The rehearsal workspace in a temporary folder, its surfaces and its profile quickened; `remove` deletes it. */
export async function quickRehearsal(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const home = await mkdtemp(join(await realpath(tmpdir()), "gatehouse-rehearsal-"));
  const path = await prepareDemoWorkspace({
    shippedDirectory: join(projectRoot, "fixtures", "rehearsal"),
    folder: "rehearsal-workspace",
    environment: { GATEHOUSE_DATA_DIR: home },
    platform: process.platform,
    homeDirectory: home,
  });
  await editJson(join(path, ".gatehouse", "settings.json"), (settings) => {
    const surfaces = settings["surfaces"] as Record<string, { intervalMs: number }>;
    for (const surface of surfaceIds) {
      const named = surfaces[surface];
      if (named !== undefined) named.intervalMs = cycleIntervalMs;
    }
  });
  await editJson(join(path, ".gatehouse", "profiles", "rehearsal.json"), (content) => {
    const profile = content as unknown as RolloutProfile;
    Object.assign(profile, {
      checkIntervalMs,
      manualCheckDistanceMs: 500,
      phases: profile.phases.map((phase) => ({
        ...phase,
        minimumSoakMs: phase.id === "preflight" ? 0 : soakMs,
      })),
    });
  });
  return { path, remove: () => rm(home, { recursive: true, force: true, maxRetries: 5 }) };
}

async function editJson(path: string, edit: (content: Record<string, unknown>) => void): Promise<void> {
  const content = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  edit(content);
  await writeFile(path, JSON.stringify(content));
}

/** An operator at a window: does with mouse and keyboard what a person would, and looks at what is shown. */
export class Operator {
  readonly page: Page;
  readonly #console: ElectronConsole;
  readonly #pictures: string;

  private constructor(window: ElectronConsole, pictures: string) {
    this.#console = window;
    this.page = window.page;
    this.#pictures = pictures;
  }

  /** Opens the window; pictures go to `out/test/<pictures>`. */
  static async open(workspacePath: string, pictures: string): Promise<Operator> {
    const folder = join(projectRoot, "out", "test", pictures);
    await mkdir(folder, { recursive: true });
    const window = await launchConsole({ workspacePath });
    await window.page.setViewportSize({ width: 1_280, height: 800 });
    return new Operator(window, folder);
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: join(this.#pictures, `${name}.png`) });
  }

  /** Opens a place by its address, as a link or the palette would. */
  async go(hash: string): Promise<void> {
    await this.page.evaluate((place) => {
      window.location.hash = place;
    }, hash);
  }

  /** Starts the proposed candidate with the rehearsal's profile, once every surface has shown that it works. */
  async start(): Promise<void> {
    await this.go("#/overview");
    const passing = this.page.locator('tbody[data-surface] [data-gate="pass"]');
    await waitUntil("every surface to pass", async () => (await passing.count()) === surfaceIds.length);
    await this.go("#/rollout/start");
    await this.page.getByRole("radio", { name: /Rehearsal on this workspace/ }).check();
    await this.page.getByLabel("Reason, kept in the journal").fill("Rehearse the release");
    await this.page.getByRole("button", { name: "Start rehearsal" }).click();
    await this.page.getByTestId("rollout-page").waitFor();
  }

  /** The button of an action of the rollout page. */
  action(action: string) {
    return this.page.locator(`button[data-action="${action}"]`);
  }

  /** Presses the button, gives the reason and confirms; the dialog closes when it was done. */
  async decide(action: string, reason: string): Promise<void> {
    await this.action(action).click();
    const dialog = this.#decision();
    await dialog.getByLabel(/^Reason/).fill(reason);
    await dialog.getByTestId("confirm").click();
    await this.#settled();
  }

  /** The dialog that asks for a decision; what pops up to tell of something is a dialog too. */
  #decision() {
    return this.page.getByRole("dialog").filter({ has: this.page.getByTestId("effect") });
  }

  /** Confirms again on a state that changed under the dialog, as it asks; a refusal for another reason fails the test. */
  async #settled(): Promise<void> {
    const dialog = this.#decision();
    for (let round = 0; round < 20; round += 1) {
      const again = dialog.getByRole("button", { name: "Decide on this state" });
      const outcome = await Promise.race([
        dialog.waitFor({ state: "detached" }).then(() => "done" as const),
        again.waitFor().then(() => "changed" as const),
      ]);
      if (outcome === "done") return;
      await again.click();
      await dialog.getByTestId("confirm").click();
    }
    throw new Error(`the decision was never taken: ${await dialog.innerText()}`);
  }

  /** Waits until the present phase may be left; says what stands in the way when it never may. */
  async untilPromotable(): Promise<void> {
    const promote = this.action("promote");
    try {
      await waitUntil(
        "the promotion to be possible",
        async () => (await promote.getAttribute("aria-disabled")) === "false",
      );
    } catch (error) {
      await this.picture("not-promotable");
      const obstacles = await this.page.getByTestId("rollout-page").innerText();
      throw new Error(`the phase could not be left:\n${obstacles}`, { cause: error });
    }
  }

  async untilPhase(phase: PhaseId): Promise<void> {
    await this.page.locator(`[data-phase="${phase}"][aria-current="step"]`).waitFor();
  }

  /** Leaves preflight, so that triggers have something to roll back; what is done in preflight comes first. */
  async intoCanary(inPreflight: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.start();
    await inPreflight();
    await this.go("#/rollout");
    await this.untilPromotable();
    await this.decide("promote", "Preflight is proven");
    await this.untilPhase("canary-1");
  }

  /** Runs a fixture of a surface, picked in its driver tab, as often as asked; the schedule is stopped first. */
  async run(surface: string, fixture: RegExp, times = 1): Promise<void> {
    await this.stop(surface);
    await this.page.getByRole("radio", { name: fixture }).check();
    for (let run = 0; run < times; run += 1) {
      const before = await this.#runs();
      await this.page.getByRole("button", { name: "Run this one now" }).click();
      // Whatever else is on the page may still be of the run before: only the count tells that this one has ended.
      await waitUntil("the run to end", async () => (await this.#runs()) === before + 1);
      await this.page.locator('[data-outcome="succeeded"], [data-outcome="failed"]').first().waitFor();
    }
  }

  /** How many runs of the surface in the driver tab have ended; a schedule that is stopped adds none. */
  async #runs(): Promise<number> {
    const fact = this.page
      .locator("dl > div")
      .filter({ has: this.page.locator("dt", { hasText: /^Runs$/ }) });
    return Number.parseInt((await fact.locator("dd").innerText()).replaceAll(",", ""), 10);
  }

  /** Stops a surface's schedule in its driver tab. */
  async stop(surface: string): Promise<void> {
    await this.go(`#/surface/${surface}/driver`);
    await this.page.getByRole("button", { name: "Stop schedule" }).click();
    const dialog = this.page.getByRole("dialog", { name: /^Stop the schedule/ });
    await dialog.getByRole("textbox").fill("to cause a trigger");
    await dialog.getByRole("button", { name: "Stop the schedule" }).click();
    await dialog.waitFor({ state: "detached" });
    await this.page.getByRole("button", { name: "Start schedule" }).waitFor();
    // A cycle that was under way has ended, too: it might yet write what a later one is to be the last to write.
    await this.page.getByRole("button", { name: "Run a cycle now" }).waitFor();
  }

  /** Waits until a trigger shows as fired on the rollout page, and tells what the panel says of it. */
  async untilFired(trigger: TriggerId): Promise<string> {
    await this.go("#/rollout");
    const panel = this.page.locator(`[data-trigger="${trigger}"][data-trigger-state="fired"]`);
    await panel.waitFor();
    if ((await panel.getAttribute("open")) === null) await panel.locator("summary").click();
    return panel.innerText();
  }

  async close(): Promise<void> {
    await this.#console.close();
  }
}
