import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { prepareDemoWorkspace } from "../../main/workspace/demo";
import type { BenchRow } from "./row";
import { launchWindow } from "./window/launched-window";
import { percentile, rounded } from "./window/percentile";

/** Runs of each, in turns, so that what the machine does meanwhile meets both. */
const runs = 9;
const highestRatio = 1.5;

const bareMain = `
const { app, BrowserWindow } = require("electron");
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile("index.html"));
app.on("window-all-closed", () => app.quit());
`;

/** The least an Electron program can be: one window with one line of text. */
async function bareProgram(folder: string): Promise<string> {
  const root = join(folder, "bare");
  await mkdir(root);
  await writeFile(join(root, "package.json"), JSON.stringify({ name: "bare", main: "main.cjs" }));
  await writeFile(join(root, "main.cjs"), bareMain);
  await writeFile(join(root, "index.html"), "<!doctype html><title>Bare</title><p>A bare window</p>");
  return root;
}

/**
 * When the first content was painted, milliseconds since the Unix epoch, by the page's own record. Rejects after ten
 * seconds: now and then a page under a virtual display paints only when something disturbs it.
 */
function firstPaintUnixMs(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        setTimeout(() => reject(new Error("The page painted nothing within 10 s.")), 10_000);
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntriesByName("first-contentful-paint")) {
            observer.disconnect();
            resolve(performance.timeOrigin + entry.startTime);
          }
        });
        observer.observe({ type: "paint", buffered: true });
      }),
  );
}

interface StartTimes {
  readonly paintMs: number;
  readonly readyMs: number;
}

/** Measures a start; one that nothing could be measured of is repeated, twice at most, and said on standard error. */
async function measure(...start: Parameters<typeof measureOnce>): Promise<StartTimes> {
  for (let repeats = 2; ; repeats -= 1) {
    try {
      return await measureOnce(...start);
    } catch (error) {
      if (repeats === 0) throw error;
      process.stderr.write(`start repeated: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}

/** Milliseconds from the start of the program to its first paint, and for the console to all five surfaces drawn. */
async function measureOnce(
  args: readonly string[],
  userData: string,
  ready: string | null,
): Promise<StartTimes> {
  const window = await launchWindow(args, userData);
  try {
    const paintMs = (await firstPaintUnixMs(window.page)) - window.startedUnixMs;
    if (ready === null) return { paintMs, readyMs: paintMs };
    const drawn = await window.page.waitForFunction(
      (selector) =>
        document.querySelectorAll(selector).length === 5 && performance.timeOrigin + performance.now(),
      ready,
    );
    return { paintMs, readyMs: Number(await drawn.jsonValue()) - window.startedUnixMs };
  } finally {
    await window.close();
  }
}

/** Start to first paint of the console on its demo workspace, against a bare Electron window, in one run. */
export async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-bench-startup-"));
  try {
    const bare = await bareProgram(folder);
    const workspace = await prepareDemoWorkspace({
      environment: { GATEHOUSE_DATA_DIR: join(folder, "data") },
      platform: process.platform,
      homeDirectory: homedir(),
      shippedDirectory: join(process.cwd(), "fixtures", "demo"),
    });
    const measureBare = () => measure([bare], join(folder, "bare-data"), null);
    const measureConsole = () =>
      measure([process.cwd(), "--workspace", workspace], join(folder, "console-data"), "[data-surface]");
    // Once each without counting: the first start of all fills the caches every later one finds.
    await measureBare();
    await measureConsole();
    const bareMs: number[] = [];
    const paintMs: number[] = [];
    const readyMs: number[] = [];
    for (let turn = 0; turn < runs; turn += 1) {
      bareMs.push((await measureBare()).paintMs);
      const console_ = await measureConsole();
      paintMs.push(console_.paintMs);
      readyMs.push(console_.readyMs);
    }
    const bareMedian = percentile(bareMs, 0.5);
    // Each start against its neighbour, so that a busy moment does not decide.
    const ratio = percentile(
      paintMs.map((paint, turn) => paint / (bareMs[turn] ?? Number.NaN)),
      0.5,
    );
    return [
      {
        name: `bare window, start to first paint (median of ${runs})`,
        value: rounded(bareMedian),
        unit: "ms",
      },
      {
        name: "console, start to first paint",
        value: rounded(percentile(paintMs, 0.5)),
        unit: "ms",
        ratio: rounded(ratio),
        ratioTo: "bare window",
        target: `at most ${highestRatio} times the bare window`,
        met: ratio <= highestRatio,
      },
      {
        name: "console, start to five surfaces drawn",
        value: rounded(percentile(readyMs, 0.5)),
        unit: "ms",
        ratio: rounded(percentile(readyMs, 0.5) / bareMedian),
        ratioTo: "bare window",
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
