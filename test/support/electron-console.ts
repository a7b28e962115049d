import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright";
import { projectRoot } from "../../resources/setup/project.mjs";
import { ensureBuilt } from "./build";
import { electronBinary } from "./electron-binary";
import { waitMs } from "./limits";

/** The console in a real Electron window, with a profile of its own. */
export interface ElectronConsole {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly profile: string;
  /** What the main process wrote to its error stream so far, without Chromium's own lines. */
  errorOutput(): string;
  close(): Promise<void>;
}

export interface LaunchOptions {
  readonly workspacePath: string;
  /** Profile folder to use again; a new one that is removed afterwards when left out. */
  readonly profile?: string;
}

/** Chromium's log lines (`[pid:date/time:LEVEL:file(line)] …`) and Playwright's debugger notes. */
const chromiumLine = /^\[\d+:|^Debugger |^Waiting for the debugger |^For help, see:|^DevTools listening|^$/;

const holdWindow = join(projectRoot, "test", "support", "hold-window.cjs");

const isRoot = process.getuid?.() === 0;

/** Arguments with which Electron opens the built console in a profile of its own. */
export async function consoleArguments(profile: string, own: readonly string[]): Promise<string[]> {
  await ensureBuilt();
  // Chromium's sandbox refuses to start for the superuser only.
  return [...(isRoot ? ["--no-sandbox"] : []), `--user-data-dir=${profile}`, projectRoot, ...own];
}

/** Starts the built console as `npm start` would; needs a display (`xvfb-run -a`). */
export async function launchConsole({ workspacePath, profile }: LaunchOptions): Promise<ElectronConsole> {
  const folder = profile ?? (await mkdtemp(join(await realpath(tmpdir()), "gatehouse-profile-")));
  const app = await _electron.launch({
    executablePath: await electronBinary(),
    timeout: waitMs,
    chromiumSandbox: !isRoot,
    args: ["-r", holdWindow, ...(await consoleArguments(folder, ["--workspace", workspacePath]))],
  });
  const errors: string[] = [];
  app.process().stderr?.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
  const page = await app.firstWindow({ timeout: waitMs });
  page.setDefaultTimeout(waitMs);
  return {
    app,
    page,
    profile: folder,
    errorOutput: () =>
      errors
        .join("")
        .split("\n")
        .filter((line) => !chromiumLine.test(line))
        .join("\n"),
    async close() {
      await app.close();
      if (profile === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
