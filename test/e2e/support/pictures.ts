import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright";

const sizes = [
  { width: 1_280, height: 800 },
  { width: 1_920, height: 1_080 },
] as const;

/** The pictures of `takePictures` in both themes, as `<name>-<theme>-<size>.png`; the page is dark afterwards. */
export async function takeThemedPictures(page: Page, name: string): Promise<void> {
  if (process.env["GATEHOUSE_PICTURES"] === undefined) return;
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await takePictures(page, `${name}-${theme}`);
  }
}

/**
 * Where `npm run screens` asks for it, a picture of the page as it stands, in both sizes, as `<name>-<size>.png`;
 * otherwise nothing.
 */
export async function takePictures(page: Page, name: string): Promise<void> {
  const folder = process.env["GATEHOUSE_PICTURES"];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  const before = page.viewportSize();
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.evaluate(async () => {
      await document.fonts.ready;
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    });
    const path = join(folder, `${name}-${size.width}x${size.height}.png`);
    await page.screenshot({ path, animations: "disabled" });
  }
  if (before !== null) await page.setViewportSize(before);
}
