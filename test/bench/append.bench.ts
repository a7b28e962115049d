import { mkdir, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright";
import type { BenchRow } from "./row";
import { eventRecord, writeEventLog } from "./watch/event-log";
import { launchWindow, preciseUnixMs } from "./window/launched-window";
import { percentile, rounded } from "./window/percentile";

const appends = 1_000;
const warmUps = 20;
const linesBefore = 10_000;
const highestP95Ms = 100;

/** A workspace whose voice surface is written by somebody else. */
async function observedWorkspace(folder: string): Promise<string> {
  const state = join(folder, ".tau", "voice");
  await mkdir(state, { recursive: true });
  await mkdir(join(folder, ".gatehouse"));
  const settings = { schemaVersion: 1, surfaces: { voice: { driver: "observe" } } };
  await writeFile(join(folder, ".gatehouse", "settings.json"), JSON.stringify(settings));
  const log = join(state, "runtime-events.jsonl");
  await writeEventLog(log, 0, linesBefore, true);
  return log;
}

/** Notes in the page when each count of cycles was on screen: after the frame that draws it was handed over. */
async function watchCycles(page: Page): Promise<void> {
  await page.evaluate(() => {
    const cell = document.querySelector('[data-testid="cycles-voice"]');
    if (cell === null) throw new Error("The overview shows no cycles of the voice surface.");
    const drawn = new Map<string, number>();
    Object.assign(globalThis, { drawn });
    const note = (): void => {
      const text = cell.textContent;
      requestAnimationFrame(() => {
        // A message handled after the frame's callbacks is handled after its painting.
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener("message", () => drawn.set(text, performance.timeOrigin + performance.now()));
        port1.start();
        port2.postMessage(null);
      });
    };
    new MutationObserver(note).observe(cell, { childList: true, characterData: true, subtree: true });
  });
}

/** When the count was on screen, milliseconds since the Unix epoch. */
async function drawnUnixMs(page: Page, cycles: number): Promise<number> {
  const drawn = await page.waitForFunction(
    (text) => (globalThis as unknown as { drawn: Map<string, number> }).drawn.get(text) ?? 0,
    cycles.toLocaleString("en-US"),
    { polling: 5, timeout: 10_000 },
  );
  return Number(await drawn.jsonValue());
}

/** From the append of one record to a real log until the window shows it, in `observe` mode. */
export async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-bench-append-"));
  const workspace = join(folder, "workspace");
  await mkdir(workspace);
  const log = await open(await observedWorkspace(workspace), "a");
  const window = await launchWindow([process.cwd(), "--workspace", workspace], join(folder, "electron"));
  try {
    const { page } = window;
    const shown = linesBefore.toLocaleString("en-US");
    await page.locator('[data-testid="cycles-voice"]', { hasText: shown }).waitFor();
    await watchCycles(page);
    const latencies: number[] = [];
    for (let turn = 1; turn <= warmUps + appends; turn += 1) {
      const appendedUnixMs = preciseUnixMs();
      await log.write(`${eventRecord(linesBefore + turn, true)}\n`);
      const latency = (await drawnUnixMs(page, linesBefore + turn)) - appendedUnixMs;
      if (turn > warmUps) latencies.push(latency);
      // Pauses of different lengths, so that appends meet every moment of the frames and of the watcher's rhythm.
      await delay((turn * 37) % 61);
    }
    const p95 = percentile(latencies, 0.95);
    return [
      {
        name: `append to pixel, median of ${appends.toLocaleString("en-US")}`,
        value: rounded(percentile(latencies, 0.5)),
        unit: "ms",
      },
      {
        name: "append to pixel, 95th percentile",
        value: rounded(p95),
        unit: "ms",
        target: `at most ${highestP95Ms} ms`,
        met: p95 <= highestP95Ms,
      },
      { name: "append to pixel, slowest", value: rounded(Math.max(...latencies)), unit: "ms" },
    ];
  } finally {
    await window.close();
    await log.close();
    await rm(folder, { recursive: true, force: true });
  }
}
