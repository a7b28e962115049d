import { surfaceIds, type SurfaceId } from "#contract/identity";

/** Tabs of a surface's page. `live` exists for browser automation only. */
export const surfaceTabs = ["health", "events", "state", "channels", "driver", "live"] as const;
export type SurfaceTab = (typeof surfaceTabs)[number];

/** A place in the console. Kept in the address, so that it survives a reload and can be passed on. */
export type Route =
  | { readonly view: "overview" }
  | { readonly view: "troubleshooting" }
  | {
      readonly view: "surface";
      readonly surface: SurfaceId;
      readonly tab: SurfaceTab;
      /** Line of the event log to show; events only. */
      readonly line: number | null;
    };

/** Tabs a surface's page has. */
export function tabsOf(surface: SurfaceId): readonly SurfaceTab[] {
  return surface === "browser-automation" ? surfaceTabs : surfaceTabs.filter((tab) => tab !== "live");
}

/** Reads the fragment of an address; anything unknown is the overview, an unknown tab the first one. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view, surfaceName, tabName] = path.split("/");
  if (view === "troubleshooting") return { view: "troubleshooting" };
  const surface = surfaceIds.find((known) => known === surfaceName);
  if (view !== "surface" || surface === undefined) return { view: "overview" };
  const tab = tabsOf(surface).find((known) => known === tabName) ?? "health";
  const line = Number(new URLSearchParams(query).get("line") ?? Number.NaN);
  return {
    view: "surface",
    surface,
    tab,
    line: tab === "events" && Number.isInteger(line) && line > 0 ? line : null,
  };
}

/** The fragment of a place: inverse of `parseRoute`. */
export function formatRoute(route: Route): string {
  if (route.view !== "surface") return `#/${route.view}`;
  const path = `#/surface/${route.surface}/${route.tab}`;
  return route.line === null ? path : `${path}?line=${route.line}`;
}
