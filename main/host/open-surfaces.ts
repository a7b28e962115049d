import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { Clock } from "#domain/clock";
import { createSurfaceDriver } from "../drivers/surface-driver";
import { createSurfaceWatcher } from "../watch/surface-watcher";
import { LiveSurface } from "./live-surface";
import type { SurfaceWatcher, Workspace } from "./ports";
import { ownRunner } from "./program-root";
import { watcherOptions } from "./watcher-options";

export interface OpenSurfacesOptions {
  readonly clock: Clock;
  /** Takes what went wrong with one surface while the others go on. */
  readonly onProblem: (problem: string) => void;
}

export interface OpenedSurfaces {
  readonly surfaces: ReadonlyMap<SurfaceId, LiveSurface>;
  close(): Promise<void>;
}

/**
 * Begins to watch and to drive each surface of a workspace as its settings say, and follows changes of the settings.
 * A surface that fails is reported and keeps none of the others from opening or closing.
 */
export function openSurfaces(
  workspace: Workspace,
  { clock, onProblem }: OpenSurfacesOptions,
): OpenedSurfaces {
  const report = (id: SurfaceId, error: unknown): void =>
    onProblem(`${id}: ${error instanceof Error ? error.message : String(error)}`);
  const surfaces = new Map<SurfaceId, LiveSurface>();
  const watched = new Map<SurfaceId, string>();

  const watch = (id: SurfaceId): SurfaceWatcher => {
    const options = watcherOptions(id, workspace);
    watched.set(id, JSON.stringify(options));
    const watcher = createSurfaceWatcher({ ...options, clock });
    watcher.start().catch((error: unknown) => report(id, error));
    return watcher;
  };
  for (const id of surfaceIds) {
    try {
      const driver = createSurfaceDriver({
        surface: id,
        workspace,
        settings: workspace.surfaceSettings(id),
        clock,
        ...ownRunner(),
      });
      surfaces.set(id, new LiveSurface(id, watch(id), driver));
    } catch (error) {
      report(id, error);
    }
  }

  const leave = workspace.onChange(() => {
    for (const [id, surface] of surfaces) {
      try {
        surface.driver.apply(workspace.surfaceSettings(id));
        if (watched.get(id) === JSON.stringify(watcherOptions(id, workspace))) continue;
        surface.replaceWatcher(watch(id)).catch((error: unknown) => report(id, error));
      } catch (error) {
        report(id, error);
      }
    }
  });
  return {
    surfaces,
    async close() {
      leave();
      await Promise.all(
        [...surfaces].map(([id, surface]) => surface.dispose().catch((error: unknown) => report(id, error))),
      );
    },
  };
}
