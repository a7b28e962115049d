import type { Page } from "playwright";

const mostStops = 80;

/** Presses a key until the focus is on what `selector` matches, as somebody without a mouse would. */
export async function tabTo(page: Page, selector: string, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let stop = 0; stop < mostStops; stop += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${selector} is not among the first ${mostStops} stops of the tab order.`);
}
