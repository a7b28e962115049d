import type { Client } from "#contract/client";
import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { SurfaceView } from "#contract/view";
import { create } from "zustand";
import { useShallow } from "zustand/shallow";
import { withoutNotice } from "./notice-list";
import { initialConsoleState, type ConsoleState } from "./console-state";

/**
 * The one store of the window. Written by `synchronise.ts`, by `RunConsole.tsx` with output from before it opened, and
 * here when notices are dismissed.
 */
export const useConsole = create<ConsoleState>(() => initialConsoleState);

let activeClient: Client | null = null;

/** Sets the client every request goes through. Called once, before the first render. */
export function provideClient(client: Client): void {
  activeClient = client;
}

/** The client of this window. Throws when the window was put together wrongly. */
export function hostClient(): Client {
  if (activeClient === null) throw new Error("No client was provided before it was used.");
  return activeClient;
}

/** One surface as the host last described it; undefined before the first snapshot. */
export function useSurface(surface: SurfaceId): SurfaceView | undefined {
  return useConsole((state) => state.surfaces[surface]);
}

/** All surfaces in their fixed order. Renders again only when one of them changed. */
export function useSurfaces(): readonly SurfaceView[] {
  return useConsole(useShallow((state) => surfaceIds.flatMap((surface) => state.surfaces[surface] ?? [])));
}

/** True once a snapshot is here. */
export function useReady(): boolean {
  return useConsole((state) => state.workspace !== null);
}

/** Takes one notice off the list. */
export function dismissNotice(id: string): void {
  useConsole.setState(({ notices }) => ({ notices: withoutNotice(notices, id) }));
}

/** Takes every notice off the list. */
export function dismissAllNotices(): void {
  useConsole.setState({ notices: [] });
}
