import { lazy } from "react";

// The overview is what an operator sees first; nothing else may delay its first paint. What follows is fetched as soon
// as the first figures are on screen, so that no later step waits for it.
const surfacePage = () => import("./features/surface/SurfacePage");
const troubleshootingPage = () => import("./features/troubleshooting/TroubleshootingPage");
const commandPalette = () => import("./features/shell/CommandPalette");

export const SurfacePage = lazy(async () => ({ default: (await surfacePage()).SurfacePage }));
export const TroubleshootingPage = lazy(async () => ({
  default: (await troubleshootingPage()).TroubleshootingPage,
}));
export const CommandPalette = lazy(async () => ({ default: (await commandPalette()).CommandPalette }));

/** Fetches the later parts in the background. One that cannot be fetched now is fetched when it is needed. */
export function fetchLaterParts(): void {
  for (const part of [surfacePage, troubleshootingPage, commandPalette]) part().catch(() => undefined);
}
