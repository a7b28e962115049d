import { createElement, lazy, useState, type ComponentType } from "react";

interface Part<Props> {
  readonly Component: ComponentType<Props>;
  readonly fetch: () => Promise<unknown>;
}

/**
 * A part of the window that is fetched apart from it. Once it is here it is drawn in the same step as whatever shows
 * it: React would wait a step for a promise, even a kept one, and then hold what follows back for 300 ms.
 */
function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  let loaded: ComponentType<Props> | null = null;
  const fetch = async (): Promise<{ default: ComponentType<Props> }> => {
    loaded = await load();
    return { default: loaded };
  };
  const Waiting = lazy(fetch) as unknown as ComponentType<Props>;
  function Component(props: Props) {
    // Kept for as long as it is shown: another component in the same place would begin anew.
    const [Shown] = useState<ComponentType<Props>>(() => loaded ?? Waiting);
    return createElement(Shown, props);
  }
  return { Component, fetch };
}

// The overview is what an operator sees first; nothing else may delay its first paint. What follows is fetched as soon
// as the first figures are on screen, so that no later step waits for it.
const surfacePage = later(async () => (await import("./features/surface/SurfacePage")).SurfacePage);
const troubleshootingPage = later(
  async () => (await import("./features/troubleshooting/TroubleshootingPage")).TroubleshootingPage,
);
const rolloutPlace = later(async () => (await import("./features/rollouts/RolloutPlace")).RolloutPlace);
const historyPage = later(async () => (await import("./features/rollout/history/HistoryPage")).HistoryPage);
const startPage = later(async () => (await import("./features/rollout/start/StartPage")).StartPage);
const tosPlace = later(async () => (await import("./features/tos/TosPlace")).TosPlace);
const commandPalette = later(async () => (await import("./features/shell/CommandPalette")).CommandPalette);

export const SurfacePage = surfacePage.Component;
export const TroubleshootingPage = troubleshootingPage.Component;
export const RolloutPlace = rolloutPlace.Component;
export const HistoryPage = historyPage.Component;
export const StartPage = startPage.Component;
export const TosPlace = tosPlace.Component;
export const CommandPalette = commandPalette.Component;

/** Fetches the later parts in the background. One that cannot be fetched now is fetched when it is needed. */
export function fetchLaterParts(): void {
  const parts = [
    surfacePage,
    troubleshootingPage,
    rolloutPlace,
    historyPage,
    startPage,
    tosPlace,
    commandPalette,
  ];
  for (const part of parts) part.fetch().catch(() => undefined);
}
