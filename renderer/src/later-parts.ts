import { lazy } from "react";

// The overview is what an operator sees first; nothing else may delay its first paint. What follows is fetched as soon
// as the first figures are on screen, so that no later step waits for it.
const surfacePage = () => import("./features/surface/SurfacePage");
const troubleshootingPage = () => import("./features/troubleshooting/TroubleshootingPage");
const rolloutPlace = () => import("./features/rollouts/RolloutPlace");
const historyPage = () => import("./features/rollout/history/HistoryPage");
const startPage = () => import("./features/rollout/start/StartPage");
const commandPalette = () => import("./features/shell/CommandPalette");

export const SurfacePage = lazy(async () => ({ default: (await surfacePage()).SurfacePage }));
export const TroubleshootingPage = lazy(async () => ({
  default: (await troubleshootingPage()).TroubleshootingPage,
}));
export const RolloutPlace = lazy(async () => ({ default: (await rolloutPlace()).RolloutPlace }));
export const HistoryPage = lazy(async () => ({ default: (await historyPage()).HistoryPage }));
export const StartPage = lazy(async () => ({ default: (await startPage()).StartPage }));
export const CommandPalette = lazy(async () => ({ default: (await commandPalette()).CommandPalette }));

/** Fetches the later parts in the background. One that cannot be fetched now is fetched when it is needed. */
export function fetchLaterParts(): void {
  const parts = [surfacePage, troubleshootingPage, rolloutPlace, historyPage, startPage, commandPalette];
  for (const part of parts) part().catch(() => undefined);
}
