import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { app, session, type BrowserWindow } from "electron";
import type { OpenedConsole } from "../host/compose";
import { setApplicationMenu } from "./application-menu";
import { registerConsoleScheme, serveConsoleScheme } from "./console-scheme";
import { consolePlace } from "./console-location";
import { openConsoleWindow } from "./console-window";
import { guardNavigation } from "./navigation-guard";
import { denyPermissions } from "./session-guard";
import { createNotifier } from "./notifications";
import { claimWindow, showWindow } from "./single-instance";

export interface ApplicationOptions {
  readonly workspacePath: string;
  /** Folder of the built program, with `preload` and `renderer` in it. */
  readonly outDirectory: string;
  /** Opens the workspace. Called once the page is there: it can draw itself before it has its figures. */
  readonly open: () => Promise<OpenedConsole>;
}

/** Runs the console in a window until it is closed. */
export async function runApplication({
  workspacePath,
  outDirectory,
  open,
}: ApplicationOptions): Promise<void> {
  enforceSandbox();
  registerConsoleScheme();
  let window: BrowserWindow | null = null;
  if (!claimWindow(workspacePath, () => window)) {
    app.quit();
    return;
  }
  app.on("web-contents-created", (_event, contents) => guardNavigation(contents));
  app.on("window-all-closed", () => app.quit());

  await app.whenReady();
  denyPermissions(session.defaultSession);
  serveConsoleScheme(session.defaultSession, join(outDirectory, "renderer"));
  const page = pendingPage();
  const opened = page.settled.then(open);
  const host = opened.then((console) => console.host);
  host.catch((error: unknown) =>
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`),
  );
  closeBeforeQuit(opened);
  const notify = createNotifier((place) => {
    if (!window) return;
    showWindow(window);
    void window.loadURL(consolePlace(place));
  });
  opened.then(
    (console) => console.onNotice(notify),
    () => undefined,
  );
  window = openConsoleWindow({
    host,
    preload: join(outDirectory, "preload", "index.cjs"),
    statePath: join(app.getPath("userData"), "window.json"),
  });
  page.watch(window);
  window.on("closed", () => (window = null));
  setApplicationMenu();
}

/** Longest time for which the surfaces wait for the page, in milliseconds. */
const pagePatienceMs = 3_000;

interface PendingPage {
  /** Resolves once the page has loaded or failed to; rejects when its window was closed before. */
  readonly settled: Promise<void>;
  watch(window: BrowserWindow): void;
}

/**
 * The moment to open the workspace. Before the page is there, it would compete with it for the machine and delay both
 * the first paint and the first figures.
 */
function pendingPage(): PendingPage {
  let proceed = (): void => {};
  let giveUp = (_reason: Error): void => {};
  const settled = new Promise<void>((done, fail) => {
    proceed = done;
    giveUp = fail;
  });
  return {
    settled,
    watch(window) {
      const { webContents } = window;
      webContents.once("did-finish-load", proceed);
      webContents.once("did-fail-load", proceed);
      webContents.once("render-process-gone", proceed);
      window.once("closed", () =>
        giveUp(new Error("The window was closed before its workspace was opened.")),
      );
      setTimeout(proceed, pagePatienceMs);
    },
  };
}

/**
 * Sandboxes every process of the program. Chromium's own sandbox refuses to start for the superuser, who alone may
 * switch it off (containers, tests); Electron's restrictions on the page hold there too.
 */
function enforceSandbox(): void {
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  else if (process.getuid?.() !== 0) {
    process.stderr.write("error: --no-sandbox is for the superuser only; start without it\n");
    app.exit(2);
  }
}

/** Ends what the surfaces run before the program ends. */
function closeBeforeQuit(opened: Promise<OpenedConsole>): void {
  let closed: Promise<void> | null = null;
  app.on("will-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    closed = opened
      .then((console) => console.close())
      .catch(() => undefined)
      // Electron ignores a wish to quit while it is still asking whether to.
      .then(() => nextTurn())
      .then(() => app.quit());
  });
}
