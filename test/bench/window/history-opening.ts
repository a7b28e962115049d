import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright";
import { launchWindow } from "./launched-window";

/** Time an operator takes at least from the start of the console to its history, in milliseconds. */
const settleMs = 8_000;
const table = '[role="grid"][aria-label="Rollouts"]';

/** What the history of one start of the console took to open, in milliseconds. */
export interface Openings {
  readonly firstMs: number;
  readonly furtherMs: readonly number[];
}

/**
 * Starts the console in a window over rollouts that nobody has listed yet, and opens the history once and `further` times
 * more.
 */
export async function openHistory(workspace: string, userData: string, further: number): Promise<Openings> {
  await rm(join(workspace, ".gatehouse", "rollouts", "index.json"), { force: true });
  const window = await launchWindow([process.cwd(), "--workspace", workspace], userData);
  try {
    await window.page.waitForFunction(() => document.documentElement.dataset["ready"] === "true");
    await delay(settleMs);
    const firstMs = await openingMs(window.page);
    const furtherMs: number[] = [];
    for (let opening = 0; opening < further; opening += 1) {
      await leave(window.page);
      furtherMs.push(await openingMs(window.page));
    }
    return { firstMs, furtherMs };
  } finally {
    await window.close();
  }
}

/** From the change of the route to the end of the frame in which the first row stands. */
function openingMs(page: Page): Promise<number> {
  return page.evaluate(
    (row) =>
      new Promise<number>((resolve, reject) => {
        const begun = performance.now();
        setTimeout(() => reject(new Error("The history showed no row within 20 s.")), 20_000);
        const look = (): void => {
          if (document.querySelector(row) === null) requestAnimationFrame(look);
          // What was laid out in this frame is painted at its end.
          else requestAnimationFrame(() => resolve(performance.now() - begun));
        };
        window.location.hash = "#/rollouts";
        look();
      }),
    `${table} [role="row"]:not([aria-rowindex="1"])`,
  );
}

async function leave(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = "#/";
  });
  await page.waitForFunction((grid) => document.querySelector(grid) === null, table);
}
