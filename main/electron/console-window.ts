import { BrowserWindow, nativeTheme, screen } from "electron";
import type { ConsoleHost } from "../host/console-host";
import { consoleUrl } from "./console-location";
import { connectWindow } from "./ipc";
import { recallWindow, rememberWindow } from "./window-memory";
import { minimumSize, placeWindow } from "./window-state";
import { watchForTrouble } from "./window-trouble";

export interface ConsoleWindowOptions {
  readonly host: Promise<ConsoleHost>;
  /** Path of the built preload script. */
  readonly preload: string;
  /** File in which the window's place is remembered. */
  readonly statePath: string;
}

/** Opens the console's window; it shows itself once its first frame is drawn. */
export function openConsoleWindow({ host, preload, statePath }: ConsoleWindowOptions): BrowserWindow {
  const state = recallWindow(statePath, nativeTheme.shouldUseDarkColors);
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...placeWindow(state, screens),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: "Gatehouse",
    autoHideMenuBar: true,
    backgroundColor: state.background,
    webPreferences: {
      preload,
      // Defaults of this Electron, said aloud so that a change of them changes nothing here.
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.once("ready-to-show", () => {
    if (state.maximized) window.maximize();
    window.show();
  });
  connectWindow(window, host);
  rememberWindow(window, statePath, state);
  watchForTrouble(window);
  void window.loadURL(consoleUrl);
  return window;
}
