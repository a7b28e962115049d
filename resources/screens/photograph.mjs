import { join } from "node:path";
import { themes, views } from "./views.mjs";

/** Resolves once the page has drawn its figures, its fonts and nothing that is still being asked for. */
const settled = async () => {
  await document.fonts.ready;
  for (let quiet = 0; quiet < 3;) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const ready = document.documentElement.dataset["ready"] === "true";
    quiet = ready && document.querySelector(".skeleton") === null ? quiet + 1 : 0;
  }
};

/**
 * Takes every view in both themes at the page's present size.
 *
 * @param {import("playwright").Page} page of an opened console
 * @param {string} folder for the pictures, which are named `<view>-<theme>-<size>.png`
 * @param {string} size its name
 * @returns {Promise<number>} how many were taken
 */
export async function photographViews(page, folder, size) {
  let taken = 0;
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    for (const view of views) {
      await page.evaluate((hash) => (location.hash = hash), view.hash);
      await page.evaluate(settled);
      if (view.keys !== undefined) {
        await page.keyboard.press(view.keys);
        await page.getByRole("dialog").waitFor();
      }
      await page.screenshot({
        path: join(folder, `${view.name}-${theme}-${size}.png`),
        animations: "disabled",
      });
      if (view.keys !== undefined) {
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
      }
      taken += 1;
    }
  }
  return taken;
}
