import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { app, type BrowserWindow } from "electron";

/** A name for a workspace that is the same however its path is written. */
export function workspaceKey(path: string): string {
  let real = resolve(path);
  try {
    real = realpathSync(real);
  } catch {
    // A folder that is not there is reported when it is opened.
  }
  return createHash("sha256").update(real).digest("hex").slice(0, 16);
}

/**
 * Makes this the only window of its workspace: each workspace has its own profile folder, and Electron's lock is one
 * per profile. Returns false when another process has the window already; that one is brought to the front.
 */
export function claimWindow(workspacePath: string, window: () => BrowserWindow | null): boolean {
  app.setPath("userData", join(app.getPath("userData"), "workspaces", workspaceKey(workspacePath)));
  if (!app.requestSingleInstanceLock()) return false;
  app.on("second-instance", () => {
    const open = window();
    if (open) showWindow(open);
  });
  return true;
}

/** Brings a window to the front, wherever it is hidden. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
