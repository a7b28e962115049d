import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { BrowserWindow } from "electron";
import { parseColour, parseWindowState, type WindowState } from "./window-state";

/** Reads what was remembered. Synchronous: the window waits for it, and it is a few bytes. */
export function recallWindow(path: string, darkMachine: boolean): WindowState {
  let text: string | null = null;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    // The first start has nothing to remember.
  }
  return parseWindowState(text, darkMachine);
}

/**
 * Remembers a window's place, size and background. Written when it closes and when the page changes its theme; where
 * that is refused, the window opens as on the first start.
 */
export function rememberWindow(window: BrowserWindow, path: string, initial: WindowState): void {
  let background = initial.background;
  const save = (): void => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized(), background };
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.tmp`, `${JSON.stringify(state)}\n`);
      renameSync(`${path}.tmp`, path);
    } catch {
      // A read-only home only costs the memory of the window.
    }
  };
  window.webContents.on("did-change-theme-color", (_event, colour) => {
    background = parseColour(colour) ?? background;
    window.setBackgroundColor(background);
    save();
  });
  window.on("close", save);
}
