import { createInterface } from "node:readline";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { execa } from "execa";
import { chromium, type Page } from "playwright";

export interface LaunchedWindow {
  readonly page: Page;
  /** When the program was started: milliseconds since the Unix epoch, on the clock of `performance`. */
  readonly startedUnixMs: number;
  close(): Promise<void>;
}

/** Now in milliseconds since the Unix epoch, finer than `Date.now`, and comparable with the same sum in a page. */
export const preciseUnixMs = (): number => performance.timeOrigin + performance.now();

/** The Electron to measure; `npm run bench` names it. */
function electronBinary(): string {
  const path = process.env["GATEHOUSE_ELECTRON"];
  if (path === undefined) throw new Error("GATEHOUSE_ELECTRON is not set: run this through npm run bench.");
  return path;
}

/**
 * Starts Electron as an operator would and looks at its window over the DevTools protocol. Playwright's own launcher
 * is not used, because it holds the program up until it is connected.
 */
export async function launchWindow(args: readonly string[], userData: string): Promise<LaunchedWindow> {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const switches = [...sandbox, "--remote-debugging-port=0", `--user-data-dir=${userData}`];
  const startedUnixMs = preciseUnixMs();
  const program = execa(electronBinary(), [...switches, ...args], { reject: false, stdout: "ignore" });
  const endpoint = await devToolsEndpoint(program.stderr);
  await untilPageLoads(endpoint);
  const browser = await chromium.connectOverCDP(endpoint);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error("Electron offers no page to look at.");
  const page = context.pages()[0] ?? (await context.waitForEvent("page"));
  return {
    page,
    startedUnixMs,
    async close() {
      // The program first: execa kills it when it does not listen, and then there is nothing left to wait for.
      program.kill("SIGTERM");
      await program;
      await browser.close();
    },
  };
}

/** Playwright must not meet a page that is only just being made: it would wait for it for ever. */
async function untilPageLoads(endpoint: string): Promise<void> {
  const list = `http://${new URL(endpoint).host}/json/list`;
  const deadline = performance.now() + 30_000;
  for (;;) {
    const targets = (await (await fetch(list)).json()) as readonly {
      type: string;
      url: string;
      title: string;
    }[];
    if (targets.some(({ type, url, title }) => type === "page" && url !== "about:blank" && title !== ""))
      return;
    if (performance.now() > deadline) throw new Error("Electron opened no page within 30 s.");
    await delay(20);
  }
}

async function devToolsEndpoint(stderr: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stderr })) {
    const endpoint = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1];
    if (endpoint !== undefined) {
      stderr.resume();
      return endpoint;
    }
    lines.push(line);
  }
  throw new Error(`Electron ended without a window:\n${lines.join("\n")}`);
}
