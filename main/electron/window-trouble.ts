import { setImmediate as nextTurn } from "node:timers/promises";
import { app, dialog, type BrowserWindow } from "electron";

/** Offers a way on when the page has crashed or does not answer. What the surfaces run is not touched by either. */
export function watchForTrouble(window: BrowserWindow): void {
  const { webContents } = window;
  let asking: AbortController | null = null;
  /** The operator has chosen to end a page that does not answer. */
  let endedByChoice = false;

  /** Electron does not survive a reload while it is still announcing that the page has gone. */
  const reload = async (): Promise<void> => {
    await nextTurn();
    if (!window.isDestroyed()) webContents.reload();
  };

  const ask = async (message: string, detail: string, buttons: string[]): Promise<number> => {
    asking?.abort();
    asking = new AbortController();
    const { response } = await dialog.showMessageBox(window, {
      type: "warning",
      message,
      detail,
      buttons,
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal: asking.signal,
    });
    return response;
  };

  webContents.on("render-process-gone", (_event, { reason, exitCode }) => {
    if (reason === "clean-exit" || window.isDestroyed()) return;
    if (endedByChoice) {
      endedByChoice = false;
      void reload();
      return;
    }
    void ask(
      "The console's page has stopped.",
      `Reason: ${reason} (exit code ${exitCode}). Watching and running surfaces goes on.`,
      ["Reload", "Quit"],
    ).then((choice) => {
      if (choice === 1) app.quit();
      else void reload();
    });
  });
  window.on("unresponsive", () => {
    void ask(
      "The console's page does not answer.",
      "Watching and running surfaces goes on. Waiting is safe; reloading loses nothing but what is typed.",
      ["Wait", "Reload"],
    ).then((choice) => {
      if (choice !== 1 || window.isDestroyed()) return;
      endedByChoice = true;
      webContents.forcefullyCrashRenderer();
    });
  });
  window.on("responsive", () => asking?.abort());
}
