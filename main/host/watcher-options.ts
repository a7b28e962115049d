import { resolve } from "node:path";
import type { SurfaceId } from "#contract/identity";
import { liveStaleAfterMs } from "#domain/settings/defaults";
import type { SurfaceWatcherOptions } from "../watch/surface-watcher";
import type { Workspace } from "./ports";

/** Which files a surface's watcher follows, by the settings in force. Only browser automation has a live run (seed 003). */
export function watcherOptions(id: SurfaceId, workspace: Workspace): Omit<SurfaceWatcherOptions, "clock"> {
  const settings = workspace.surfaceSettings(id);
  return {
    surface: id,
    workspacePath: workspace.path,
    stateDir: resolve(workspace.path, settings.stateDir),
    staleAfterMs: settings.staleAfterMs,
    live:
      id === "browser-automation"
        ? {
            path: resolve(workspace.path, workspace.settings().browserLiveSummary),
            staleAfterMs: liveStaleAfterMs(settings),
          }
        : null,
  };
}
