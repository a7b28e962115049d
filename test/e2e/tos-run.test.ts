import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TosView } from "#contract/tos/view";
import { escape, focusArrives, pressSequence, takeCommand } from "../support/key-presses";
import { axeFindings, goTo, launchBrowser, openWorkspace } from "./support/console-page";
import { takeThemedPictures } from "./support/pictures";
import { commandsReply, goalCommand, tosWorkspace, type TosWorkspace } from "./support/tos-workspace";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const ended = (page: Page, standing: string) =>
  page.locator(`[data-run-standing="${standing}"]`).getByTestId("end-of-run");
const dialog = (page: Page) => page.getByRole("dialog");
const confirm = (page: Page) => page.getByTestId("confirm");
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const operation = (page: Page, name: RegExp) =>
  page.getByRole("group", { name: "Operations" }).getByRole("button", { name });

interface Mark {
  readonly word: string;
  readonly glyph: string;
  readonly colour: string;
}

/** What tells a standing from the others. */
async function markOf(mark: Locator): Promise<Mark> {
  return mark.evaluate((element) => ({
    word: element.textContent ?? "",
    glyph: element.querySelector("svg")?.innerHTML ?? "",
    colour: getComputedStyle(element).color,
  }));
}

/** The project as the host describes it now, asked for as the page would. */
async function projectSeen(page: Page): Promise<TosView | null> {
  const answer = await page.evaluate(async () => {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch("/api/console.snapshot", { method: "POST", headers, body: "{}" });
    return (await response.json()) as { readonly value: { readonly tos: { readonly view: unknown } } };
  });
  return answer.value.tos.view as TosView | null;
}

async function open(tos: TosWorkspace): Promise<Page> {
  const page = await openWorkspace(browser, tos.workspace, { hash: "#/tos" });
  await page.getByTestId("tos-page").waitFor();
  return page;
}

/** Acknowledges every rule in the dialog that is open, and says why. */
async function acknowledgeAll(page: Page, reason: string): Promise<void> {
  for (const box of await dialog(page)
    .getByRole("checkbox", { name: /^(Acknowledge|Override) G/ })
    .all())
    await box.check();
  await dialog(page)
    .getByRole("textbox", { name: /^Reason/ })
    .fill(reason);
}

interface Seen {
  readonly titles: string[];
  readonly execute: string[];
  /** Whether the page's head said that a run is under way. */
  readonly underWay: boolean[];
}

/** Notes from now on what the page says of a run under way: what stands only for a moment may fall between two looks. */
async function noteWhatPasses(page: Page): Promise<() => Promise<Seen>> {
  await page.evaluate(() => {
    const seen: Seen = { titles: [], execute: [], underWay: [] };
    Object.assign(window, { seen });
    const look = (): void => {
      seen.titles.push(document.title);
      seen.underWay.push(document.querySelector('[data-testid="run-under-way"]') !== null);
      seen.execute.push(document.querySelector('[data-stage="execute"]')?.getAttribute("data-state") ?? "");
    };
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  });
  return () => page.evaluate(() => (window as unknown as { seen: Seen }).seen);
}

async function cleanRun(page: Page, reason: string): Promise<void> {
  await operation(page, /^Clean run/).click();
  await acknowledgeAll(page, reason);
  await confirm(page).click();
  await dialog(page).waitFor({ state: "detached" });
}

describe("a run of TOS", () => {
  it("is begun by mouse after its rules are acknowledged, watched to its end, and looked into step by step", async () => {
    const tos = await tosWorkspace();
    await tos.hurry(100);
    const page = await open(tos);
    await page.getByText("Nothing was run from here yet").waitFor();
    await operation(page, /^Run/).click();
    expect(await dialog(page).getByTestId("effects").innerText()).toContain("uses up job 1 of 3");
    expect(await confirm(page).isDisabled()).toBe(true);
    await acknowledgeAll(page, "first run of the day");
    const passed = await noteWhatPasses(page);
    await confirm(page).click();
    await page
      .getByRole("log", { name: "What the run says" })
      .getByText("data/orders.csv: 25 lines")
      .waitFor();
    await page.locator("[data-policy=deny]").first().waitFor();
    await ended(page, "done").waitFor();
    const { execute, titles, underWay } = await passed();
    expect(titles.filter((title) => title.includes("TOS running"))).not.toEqual([]);
    expect(underWay).toContain(true);
    expect(execute).toContain("now");

    await expect.poll(() => page.getByTestId("run-under-way").count()).toBe(0);
    expect(await page.getByTestId("run-panel").innerText()).toMatch(/in spite of G\d\d/);
    await expect.poll(() => page.getByTestId("phase-summary").innerText()).toMatch(/Step logs\s+4/);
    await expect.poll(() => page.getByTestId("job-loop").innerText()).toContain("next 2 of 3");
    await page.getByText(/^phase=done step=4 done=True/).waitFor();
    const past = page.getByRole("list", { name: "Runs that ended" }).getByRole("link");
    expect(await past.first().innerText()).toMatch(/Run[\s\S]*Done[\s\S]*window/);

    await page.getByRole("tab", { name: "Steps" }).click();
    await page.getByRole("row").filter({ hasText: "1 denied" }).click();
    const step = page.getByRole("complementary", { name: "Step log step_002.json" });
    const denied = step.locator('[data-logged-command="0"]');
    expect(await denied.innerText()).toMatch(/denied[\s\S]*not executed[\s\S]*by the rule curl/);
    expect(await step.locator('[data-logged-command="1"]').innerText()).toMatch(/24 orders, \d+ yen/);
    await step.getByRole("tab", { name: "Models" }).click();
    await step.getByRole("region", { name: "Reply of the final" }).waitFor();
    expect(await step.getByText(/The log keeps the first 300 characters of/).count()).toBeGreaterThan(0);
    await step.getByRole("tab", { name: "File" }).click();
    expect(await step.innerText()).toContain("logs/steps/step_002.json");
  });

  it("is begun, looked into and asked for again by keyboard alone", async () => {
    const tos = await tosWorkspace();
    await tos.script([commandsReply(goalCommand)]);
    const page = await openWorkspace(browser, tos.workspace);
    await pressSequence(page, "g", "t");
    await expect.poll(() => heading(page).innerText()).toBe("TOS");
    expect(await dialog(page).count()).toBe(0);
    await page.keyboard.press("r");
    await dialog(page).getByText("Run the orchestrator").waitFor();
    // The reason has the focus; the rules stand before it.
    await focusArrives(page, "[role=dialog] textarea");
    await page.keyboard.type("the keyboard is enough");
    const boxes = await dialog(page).getByRole("checkbox").count();
    for (let at = 0; at < boxes; at += 1) {
      for (let steps = 0; steps < 12; steps += 1) {
        await page.keyboard.press("Shift+Tab");
        if (await page.evaluate(() => (document.activeElement as HTMLInputElement).type === "checkbox"))
          break;
      }
      await page.keyboard.press("Space");
    }
    await dialog(page)
      .getByRole("textbox", { name: /^Reason/ })
      .focus();
    await page.keyboard.press("Control+Enter");
    await ended(page, "done").waitFor();

    await page.keyboard.press("]");
    await expect.poll(() => page.getByRole("tab", { selected: true }).first().innerText()).toBe("Steps");
    await page.getByRole("grid").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Step log step_001.json" }).waitFor();
    await page.keyboard.press("j");
    await page.getByRole("complementary", { name: "Step log step_002.json" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("complementary").count()).toBe(0);

    await page.keyboard.press("Control+k");
    await takeCommand(page, "tos: test", "TOS: test");
    await dialog(page).getByText("Test the project").waitFor();
    await focusArrives(page, "[role=dialog] textarea");
    await escape(page, dialog(page));
  });

  it("is cancelled with a reason, and both are said", async () => {
    const tos = await tosWorkspace();
    await tos.script([
      commandsReply("while true; do count=$((count + 1)); echo tick $count; sleep 0.02; done"),
    ]);
    const page = await open(tos);
    await cleanRun(page, "to be cancelled");
    // The log follows its end, until somebody goes up in it to read.
    const log = page.getByRole("log", { name: "What the run says" });
    const ticks = async (): Promise<number[]> =>
      (await log.getByText(/^tick \d+$/).allInnerTexts()).map((text) => Number(text.slice(5)));
    const newest = async (): Promise<number> => Math.max(0, ...(await ticks()));
    await expect.poll(newest).toBeGreaterThan(60);
    await log.focus();
    await page.keyboard.press("Home");
    const top = log.getByText("TOS cc_run start");
    await top.waitFor();
    const lines = async () => Number.parseInt(await page.getByTestId("log-count").innerText(), 10);
    const before = await lines();
    await expect.poll(lines).toBeGreaterThan(before + 20);
    expect(await top.isVisible()).toBe(true);
    await page.keyboard.press("End");
    const reached = await newest();
    await expect.poll(newest).toBeGreaterThan(Math.max(reached, before));
    await page.keyboard.press("x");
    await dialog(page).getByText("Cancel the run").first().waitFor();
    await focusArrives(page, "[role=dialog] textarea");
    await page.keyboard.type("誤った入力ファイル");
    await takeThemedPictures(page, "tos-cancel-dialog");
    await page.keyboard.press("Control+Enter");
    await ended(page, "cancelled").waitFor();
    expect(await ended(page, "cancelled").innerText()).toContain("cancelled: 誤った入力ファイル");
    await expect.poll(() => page.locator('[data-command="0"]').innerText()).toContain("cancelled");
    await expect.poll(() => page.title()).toContain("TOS cancelled");
    await takeThemedPictures(page, "tos-cancelled");
  });

  it("is refused in spite of what the window knew, keeps what was typed, and begins once the new rule is acknowledged", async () => {
    const tos = await tosWorkspace();
    await tos.script([commandsReply(goalCommand)]);
    const page = await open(tos);
    // A window that hears nothing new for a while knows an older state than the host.
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/api/events*", async (route) => {
      await released;
      await route.continue();
    });
    await page.reload();
    await page.getByTestId("tos-page").waitFor();
    const path = join(tos.root, "config_v0_3.json");
    const config = await readFile(path, "utf8");
    await page.keyboard.press("r");
    await acknowledgeAll(page, "typed before the refusal");
    await writeFile(path, config.replace("{", '{\n  "max_stepz": 8,'));
    const rule = dialog(page).locator("[data-rule=G20]");
    const known = async (): Promise<string | undefined> =>
      (await projectSeen(page))?.rules.find((found) => found.rule === "G20")?.status;
    await expect.poll(known).toBe("broken");
    expect(await rule.count()).toBe(0);
    await confirm(page).click();
    await dialog(page).getByRole("alert").getByText(/G20/).first().waitFor();
    await takeThemedPictures(page, "tos-launch-refused");
    const reason = dialog(page).getByRole("textbox", { name: /^Reason/ });
    expect(await reason.inputValue()).toBe("typed before the refusal");
    release();
    await rule.waitFor();
    expect(await confirm(page).isDisabled()).toBe(true);
    await rule.getByRole("checkbox").check();
    expect(await reason.inputValue()).toBe("typed before the refusal");
    await confirm(page).click();
    await ended(page, "done").waitFor();
    expect(await page.getByTestId("run-panel").innerText()).toContain("G20");
  });

  it("shows an empty place with the way to name the project where there is none", async () => {
    const tos = await tosWorkspace();
    await tos.workspace.writeSettings({
      schemaVersion: 1,
      name: "Harbor",
      tosRoot: "elsewhere",
      surfaces: {},
    });
    const page = await openWorkspace(browser, tos.workspace, { hash: "#/tos" });
    expect(await page.getByTestId("no-project").innerText()).toContain(join(tos.workspace.path, "elsewhere"));
    await page.getByText('"tosRoot"').waitFor();
    await tos.workspace.writeSettings({ schemaVersion: 1, name: "Harbor", tosRoot: "tos", surfaces: {} });
    await page.getByTestId("tos-page").waitFor();
  });
});

describe("the ways a run ends", () => {
  it("are told apart by word, glyph and hue, and axe finds nothing in them, dark or light", async () => {
    const tos = await tosWorkspace();
    await tos.script([commandsReply("Remove-Item -Recurse 古いファイル", "curl http://example.com")]);
    const page = await open(tos);
    const panel = page.getByTestId("run-panel");
    const seen: Record<string, Mark> = {};
    const see = async (standing: string, place = panel): Promise<void> => {
      seen[standing] = await markOf(place.locator(`[data-tos-standing="${standing}"]`).first());
      await takeThemedPictures(page, `tos-${standing.replaceAll("_", "-")}`);
    };
    const findings: string[] = [];
    const examine = async (): Promise<void> => {
      findings.push(...(await axeFindings(page)));
      // The other theme has the same page in other colours.
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      findings.push(...(await axeFindings(page, ["color-contrast"])).map((finding) => `light: ${finding}`));
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    };

    await cleanRun(page, "denied");
    await ended(page, "deny").waitFor();
    await see("deny");
    await goTo(page, "#/tos/steps?step=step_001.json");
    await page.locator("[data-logged-command]").first().waitFor();
    await see("stopped", page.getByRole("complementary"));
    await examine();
    await goTo(page, "#/tos/run");

    await tos.script([{ draft: "これは JSON ではない", review: "{}", final: "{}" }]);
    await cleanRun(page, "fatal");
    await ended(page, "fatal_error").waitFor();
    await see("fatal_error");
    await examine();
    await goTo(page, "#/tos/steps?step=step_001.json");
    await page.getByText("Taken from the reply, and no JSON:").waitFor();
    await examine();
    await goTo(page, "#/tos/run");

    await tos.script([commandsReply("true")]);
    await cleanRun(page, "no goal");
    await ended(page, "max_steps_reached").waitFor();
    await see("max_steps_reached");

    await tos.script([commandsReply("seq 1 3000; sleep 600")]);
    await cleanRun(page, "killed");
    await page.getByRole("log").getByText("3000", { exact: true }).waitFor();
    await see("running");
    await examine();
    const { run } = (await projectSeen(page)) ?? {};
    const [started = ""] = (await readFile(join(tos.root, run?.path ?? ""), "utf8")).split("\n");
    process.kill((JSON.parse(started) as { event: { pid: number } }).event.pid, "SIGKILL");
    await ended(page, "vanished").waitFor();
    await see("vanished");

    await tos.script([commandsReply(goalCommand)]);
    await cleanRun(page, "done");
    await ended(page, "done").waitFor();
    await see("done");

    for (const part of ["word", "glyph", "colour"] as const) {
      const parts = Object.values(seen).map((each) => each[part]);
      expect(new Set(parts).size, part).toBe(7);
    }
    expect(findings).toEqual([]);
  });
});
