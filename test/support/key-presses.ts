import type { Locator, Page } from "playwright";

/** Longest pause that the console allows between two keys of a sequence, milliseconds (`renderer/src/state/key-sequence.ts`). */
const longestPauseMs = 1_200;

/** The keys pressed since `pressSequence` began to listen, by their time stamps. */
type Listening = Window & { pressedAtMs?: number[] };

/**
 * Presses a sequence such as `g t`, again when a busy machine put more time between its keys than the console allows. The
 * second key by itself must do nothing on the page.
 */
export async function pressSequence(page: Page, first: string, second: string): Promise<void> {
  await page.evaluate(() => {
    const listening = window as Listening;
    if (listening.pressedAtMs === undefined)
      window.addEventListener("keydown", (event) => listening.pressedAtMs?.push(event.timeStamp), true);
    listening.pressedAtMs = [];
  });
  for (;;) {
    await page.keyboard.press(first);
    await page.keyboard.press(second);
    const [begunMs = 0, endedMs = 0] = await page.evaluate(
      () => (window as Listening).pressedAtMs?.splice(0) ?? [],
    );
    if (endedMs - begunMs < longestPauseMs) return;
  }
}

/** Waits until the keyboard belongs to what `selector` matches; a dialog takes it a moment after it is drawn. */
export async function focusArrives(page: Page, selector: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.matches(wanted) === true, selector);
}

/** Closes what lies over the page, and waits until it is gone: until then a key would still be its own. */
export async function escape(page: Page, over: Locator): Promise<void> {
  await page.keyboard.press("Escape");
  await over.waitFor({ state: "detached" });
}

/** Types into the open palette and takes the command of this name, once it is the one that Enter would take. */
export async function takeCommand(page: Page, typed: string, name: string): Promise<void> {
  await page.getByRole("option").first().waitFor();
  await focusArrives(page, "[role=dialog] input");
  await page.keyboard.type(typed);
  await page.getByRole("option", { name }).and(page.locator("[data-highlighted]")).waitFor();
  await page.keyboard.press("Enter");
}
