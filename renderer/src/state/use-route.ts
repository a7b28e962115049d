import { useSyncExternalStore } from "react";
import type { SurfaceId } from "#contract/identity";
import { formatRoute, parseRoute, type Route, type SurfaceTab } from "./route";

let shown: { readonly hash: string; readonly route: Route } | null = null;

/** Parses each address once, so that the route is the same object until the address changes. */
function current(): Route {
  const { hash } = window.location;
  if (shown?.hash !== hash) shown = { hash, route: parseRoute(hash) };
  return shown.route;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** Where the operator is. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, current);
}

/** Goes somewhere; the way back is the browser's own. */
export function navigate(route: Route): void {
  window.location.hash = formatRoute(route);
}

/** The route of a surface's page. */
export function surfaceRoute(
  surface: SurfaceId,
  tab: SurfaceTab = "health",
  line: number | null = null,
): Route {
  return { view: "surface", surface, tab, line };
}
