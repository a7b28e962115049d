import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright";
import { projectRoot } from "../../../resources/setup/project.mjs";
import { launchConsole, type ElectronConsole } from "../electron-console";
import { focusArrives, pressSequence } from "../key-presses";
import { waitUntil } from "../wait-until";

/** Most presses of the Tab key before an operator gives up looking for something. */
const patience = 60;

/** What an operator does in the window, whatever the hands are on. */
export interface Hands {
  /** Goes to the page of TOS, from anywhere in the console. */
  openPage(): Promise<void>;
  openTab(name: "Run" | "Steps" | "Checkpoints" | "Configuration"): Promise<void>;
  /** Opens the dialog of an operation. */
  ask(operation: "run" | "test" | "checkpoint"): Promise<void>;
  /** Writes into a field of the open dialog. */
  write(field: Locator, text: string): Promise<void>;
  check(box: Locator): Promise<void>;
  /** Replaces the text of the configuration and asks to save it. */
  edit(text: string): Promise<void>;
  /** Opens the rollback to a checkpoint that is not the newest. */
  askRollback(checkpoint: string): Promise<void>;
  askUndo(): Promise<void>;
  confirm(): Promise<void>;
}

/** Hands on the mouse; only what is written goes through the keyboard. */
export function mouse(page: Page): Hands {
  return {
    openPage: () => page.getByRole("navigation", { name: "Console" }).getByText("TOS").click(),
    openTab: (name) => page.getByRole("tab", { name }).click(),
    ask: (operation) => page.locator(`[data-operation="${operation}"]`).click(),
    async write(field, text) {
      await field.click();
      await field.fill(text);
    },
    check: (box) => box.click(),
    async edit(text) {
      const editor = page.getByRole("textbox", { name: "Text of config_v0_3.json" });
      await editor.click();
      await editor.fill(text);
      await page.getByTestId("save-config").click();
    },
    async askRollback(checkpoint) {
      await page.getByRole("row").filter({ hasText: checkpoint }).click();
      await page.getByRole("button", { name: /^Roll back to/ }).click();
    },
    askUndo: () =>
      page
        .getByRole("button", { name: /^Undo:/ })
        .first()
        .click(),
    confirm: () => page.getByTestId("confirm").click(),
  };
}

/** Hands on the keyboard alone. */
export function keyboard(page: Page): Hands {
  const has = (place: Locator): Promise<boolean> =>
    place.evaluate((element) => element === document.activeElement).catch(() => false);
  const reach = async (place: Locator, key = "Tab"): Promise<void> => {
    await place.waitFor();
    for (let presses = 0; presses < patience; presses += 1) {
      if (await has(place)) return;
      await page.keyboard.press(key);
    }
    throw new Error(`${place.toString()} was not reached by ${patience} presses of ${key}`);
  };
  /** Single keys belong to a field while it has the focus. */
  const leaveField = async (): Promise<void> => {
    for (let presses = 0; presses < patience; presses += 1) {
      const isField = await page.evaluate(() => document.activeElement?.matches("input, textarea") ?? false);
      if (!isField) return;
      await page.keyboard.press("Shift+Tab");
    }
  };
  return {
    openPage: () => pressSequence(page, "g", "t"),
    async openTab(name) {
      await leaveField();
      const names = await page
        .getByRole("tablist", { name: "Parts of TOS" })
        .getByRole("tab")
        .allInnerTexts();
      const selected = page.getByRole("tab", { selected: true, name: new RegExp(`^(${names.join("|")})$`) });
      for (let presses = 0; presses < names.length; presses += 1) {
        const before = await selected.innerText();
        if (before === name) return;
        await page.keyboard.press("]");
        // The page shows the next tab only after the key was taken: looked at earlier, a tab would be gone past.
        await waitUntil("the next tab", async () => (await selected.innerText()) !== before);
      }
      throw new Error(`the tab ${name} was not reached`);
    },
    async ask(operation) {
      await leaveField();
      // A key is not kept until what it asks for can be had, as a click is.
      const button = page.locator(`[data-operation="${operation}"]`);
      await waitUntil(`${operation} can be asked for`, () => button.isEnabled());
      await page.keyboard.press(operation.slice(0, 1));
    },
    async write(field, text) {
      // A dialog takes the focus a moment after it is drawn, and would take it from the field.
      await focusArrives(page, "[role=dialog] *");
      await reach(field);
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(text);
    },
    async check(box) {
      await focusArrives(page, "[role=dialog] *");
      await reach(box);
      await page.keyboard.press("Space");
    },
    async edit(text) {
      await reach(page.getByRole("textbox", { name: "Text of config_v0_3.json" }));
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(text);
      await waitUntil("the edit can be saved", () => page.getByTestId("save-config").isEnabled());
      await page.keyboard.press("Control+s");
    },
    async askRollback(checkpoint) {
      await reach(page.getByRole("grid", { name: "Checkpoints, newest first" }));
      const row = page.getByRole("row").filter({ hasText: checkpoint });
      await row.waitFor();
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await waitUntil(
        "the checkpoint is chosen",
        async () => (await row.getAttribute("aria-selected")) === "true",
      );
      await reach(page.getByRole("button", { name: /^Roll back to/ }));
      await page.keyboard.press("Enter");
    },
    async askUndo() {
      await reach(page.getByRole("button", { name: /^Undo:/ }).first());
      await page.keyboard.press("Enter");
    },
    async confirm() {
      const button = page.getByTestId("confirm");
      await waitUntil("the decision can be confirmed", () => button.isEnabled());
      await reach(button);
      await page.keyboard.press("Enter");
    },
  };
}

/** An operator of a TOS project at a window. */
export class WindowOperator {
  readonly page: Page;
  readonly #console: ElectronConsole;
  readonly #hands: Hands;
  readonly #root: string;
  readonly #pictures: string;

  private constructor(window: ElectronConsole, root: string, hands: Hands, pictures: string) {
    this.#root = root;
    this.#console = window;
    this.page = window.page;
    this.#hands = hands;
    this.#pictures = pictures;
  }

  /** Opens the window on the page of TOS, whose project is in `tos`; pictures go to `out/test/<pictures>`. */
  static async open(
    workspacePath: string,
    handsOn: (page: Page) => Hands,
    pictures: string,
  ): Promise<WindowOperator> {
    const folder = join(projectRoot, "out", "test", pictures);
    await mkdir(folder, { recursive: true });
    const window = await launchConsole({ workspacePath });
    const { page } = window;
    await page.setViewportSize({ width: 1_280, height: 800 });
    await page.waitForSelector('html[data-ready="true"]');
    const operator = new WindowOperator(window, join(workspacePath, "tos"), handsOn(page), folder);
    await operator.#hands.openPage();
    await page.getByTestId("tos-page").waitFor();
    return operator;
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: join(this.#pictures, `${name}.png`) });
  }

  openTab(name: Parameters<Hands["openTab"]>[0]): Promise<void> {
    return this.#hands.openTab(name);
  }

  async checkpoint(name: string): Promise<void> {
    await this.#hands.ask("checkpoint");
    await this.#hands.write(this.#dialog.getByRole("textbox", { name: /^Name/ }), name);
    await this.#decide("Checkpoint", "Succeeded", "");
  }

  /** Begins a run or a test, acknowledges what stands in its way, and waits until it has ended as `standing` says. */
  async launch(operation: "run" | "test", standing: string, reason: string): Promise<void> {
    await this.#hands.ask(operation);
    await this.#decide(operation === "run" ? "Run" : "Test", standing, reason);
  }

  async saveConfiguration(text: string, reason: string): Promise<void> {
    await this.#hands.openTab("Configuration");
    await this.page.getByTestId("config-tab").waitFor();
    await this.#hands.edit(text);
    await this.#hands.write(this.#dialog.getByRole("textbox", { name: /^What was changed/ }), reason);
    await this.#hands.confirm();
    await this.#dialog.waitFor({ state: "detached" });
  }

  /** Waits until the window knows that an operation has a rule to be acknowledged. */
  async untilRuleStands(rule: string, operation: "run" | "test"): Promise<void> {
    const button = this.page.locator(`[data-operation="${operation}"]`);
    await waitUntil(`${rule} stands in the way of ${operation}`, () =>
      button.evaluate(
        (element, wanted) =>
          document
            .getElementById(element.getAttribute("aria-describedby") ?? "")
            ?.textContent.includes(wanted) ?? false,
        rule,
      ),
    );
  }

  /** Looks at what a rollback to a checkpoint would do, takes a picture, and does it. */
  async rollBack(checkpoint: string, reason: string): Promise<readonly string[]> {
    await this.#hands.openTab("Checkpoints");
    await this.#hands.askRollback(checkpoint);
    return this.#movePreviewed("Roll back", reason, "preview-of-the-rollback");
  }

  async undo(reason: string): Promise<readonly string[]> {
    await this.#hands.openTab("Checkpoints");
    await this.#hands.askUndo();
    return this.#movePreviewed("Undo rollback", reason, "preview-of-the-undo");
  }

  close(): Promise<void> {
    return this.#console.close();
  }

  get #dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  async #movePreviewed(label: string, reason: string, picture: string): Promise<readonly string[]> {
    await this.#dialog.locator("[data-preview]").waitFor();
    await this.picture(picture);
    const files = await this.#dialog
      .locator("[data-preview-file]")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-preview-file") ?? ""));
    await this.#decide(label, "Succeeded", reason);
    return files;
  }

  /** Acknowledges every rule, writes the reason, confirms, and waits for the end in the list of runs. */
  async #decide(label: string, standing: string, reason: string): Promise<void> {
    await this.#dialog.waitFor();
    for (const box of await this.#dialog.getByRole("checkbox", { name: /^(Acknowledge|Override) G/ }).all())
      await this.#hands.check(box);
    if (reason !== "")
      await this.#hands.write(this.#dialog.getByRole("textbox", { name: /^Reason/ }), reason);
    const before = await this.#endedRuns();
    await this.#hands.confirm();
    await this.#dialog.waitFor({ state: "detached" });
    await waitUntil(`${label} has ended`, async () => (await this.#endedRuns()) === before + 1);
    await this.#hands.openTab("Run");
    const last = this.page.getByRole("list", { name: "Runs that ended" }).getByRole("link").first();
    const wanted = new RegExp(`^${label}[\\s\\S]*${standing}`);
    await waitUntil(`the window shows: ${label} ${standing}`, async () =>
      wanted.test(await last.innerText()),
    );
  }

  /** How many runs have said on disk that they ended. */
  async #endedRuns(): Promise<number> {
    const folder = join(this.#root, ".gatehouse", "tos", "runs");
    const names = await readdir(folder).catch((): string[] => []);
    const texts = await Promise.all(
      names.filter((name) => name.endsWith(".jsonl")).map((name) => readFile(join(folder, name), "utf8")),
    );
    return texts.filter((text) => text.includes('"kind":"ended"')).length;
  }
}
