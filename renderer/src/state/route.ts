import { surfaceIds, type SurfaceId } from "#contract/identity";
import { ruleIds, triggerIds, type RuleId, type TriggerId } from "#contract/rollout/vocabulary";

/** Tabs of a surface's page. `live` exists for browser automation only. */
export const surfaceTabs = ["health", "events", "state", "channels", "driver", "live"] as const;
export type SurfaceTab = (typeof surfaceTabs)[number];

/** Tabs of a rollout. */
export const rolloutTabs = ["gates", "timeline", "trends"] as const;
export type RolloutTab = (typeof rolloutTabs)[number];

/** Tabs of the task orchestrator's page. */
export const tosTabs = ["run", "steps", "checkpoints", "config", "rules"] as const;
export type TosTab = (typeof tosTabs)[number];

/** A place within the page of the task orchestrator. */
export interface TosRoute {
  readonly view: "tos";
  readonly tab: TosTab;
  /** File name of the step log that is opened; steps only. */
  readonly step: string | null;
  /** The run that is looked at; run only. Null: the one under way, or the last. */
  readonly runId: string | null;
}

/** A place within a rollout. What is selected belongs to one tab: rule, surface and trigger to the gates, the entry to the timeline. */
export interface RolloutRoute {
  readonly view: "rollout";
  /** Null: the one the console works on. */
  readonly rolloutId: string | null;
  readonly tab: RolloutTab;
  readonly rule: RuleId | null;
  readonly surface: SurfaceId | null;
  readonly trigger: TriggerId | null;
  /** Sequence of the journal's entry that is opened. */
  readonly sequence: number | null;
}

/** A place in the console. Kept in the address, so that it survives a reload and can be passed on. */
export type Route =
  | { readonly view: "overview" }
  | { readonly view: "troubleshooting" }
  | { readonly view: "rollouts" }
  | { readonly view: "rollout-start" }
  | RolloutRoute
  | TosRoute
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

function positiveInteger(text: string | null): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isInteger(value) && value > 0 ? value : null;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function parseRollout(idPart: string, tabName: string | undefined, query: URLSearchParams): Route {
  const rolloutId = decoded(idPart);
  if (rolloutId === null) return { view: "overview" };
  const tab = rolloutTabs.find((known) => known === tabName) ?? "gates";
  const isGates = tab === "gates";
  return {
    view: "rollout",
    rolloutId: rolloutId === "" ? null : rolloutId,
    tab,
    rule: (isGates && ruleIds.find((known) => known === query.get("rule"))) || null,
    surface: (isGates && surfaceIds.find((known) => known === query.get("surface"))) || null,
    trigger: (isGates && triggerIds.find((known) => known === query.get("trigger"))) || null,
    sequence: tab === "timeline" ? positiveInteger(query.get("sequence")) : null,
  };
}

const stepFile = /^step_[^/\\]{1,100}\.json$/;

function parseTos(tabName: string, query: URLSearchParams): TosRoute {
  const tab = tosTabs.find((known) => known === tabName) ?? "run";
  const step = tab === "steps" ? query.get("step") : null;
  const runId = tab === "run" ? query.get("run") : null;
  return tosRoute(tab, {
    step: step !== null && stepFile.test(step) ? step : null,
    runId: runId === "" ? null : runId,
  });
}

/** Reads the fragment of an address; anything unknown is the overview, an unknown tab the first one. */
export function parseRoute(hash: string): Route {
  const [path = "", queryText = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view, name = "", tabName] = path.split("/");
  const query = new URLSearchParams(queryText);
  if (view === "troubleshooting" || view === "rollouts") return { view };
  if (view === "rollout") {
    return name === "start" ? { view: "rollout-start" } : parseRollout(name, tabName, query);
  }
  if (view === "tos") return parseTos(name, query);
  const surface = surfaceIds.find((known) => known === name);
  if (view !== "surface" || surface === undefined) return { view: "overview" };
  const tab = tabsOf(surface).find((known) => known === tabName) ?? "health";
  const line = tab === "events" ? positiveInteger(query.get("line")) : null;
  return { view: "surface", surface, tab, line };
}

function formatRollout(route: RolloutRoute): string {
  const id = route.rolloutId === null ? "" : `/${encodeURIComponent(route.rolloutId)}`;
  const tab = route.tab === "gates" ? "" : `${id === "" ? "/" : ""}/${route.tab}`;
  const selected = (["rule", "surface", "trigger", "sequence"] as const).flatMap((key) =>
    route[key] === null ? [] : [`${key}=${route[key]}`],
  );
  return `#/rollout${id}${tab}${selected.length === 0 ? "" : `?${selected.join("&")}`}`;
}

function formatTos(route: TosRoute): string {
  const selected = route.step === null ? route.runId : route.step;
  if (selected === null) return `#/tos/${route.tab}`;
  return `#/tos/${route.tab}?${route.step === null ? "run" : "step"}=${encodeURIComponent(selected)}`;
}

/** The fragment of a place: inverse of `parseRoute`. */
export function formatRoute(route: Route): string {
  if (route.view === "rollout") return formatRollout(route);
  if (route.view === "tos") return formatTos(route);
  if (route.view === "rollout-start") return "#/rollout/start";
  if (route.view !== "surface") return `#/${route.view}`;
  const path = `#/surface/${route.surface}/${route.tab}`;
  return route.line === null ? path : `${path}?line=${route.line}`;
}

/** The route of a rollout (null: the one the console works on), with what is selected in it. */
export function rolloutRoute(
  rolloutId: string | null,
  tab: RolloutTab = "gates",
  selected: Partial<Pick<RolloutRoute, "rule" | "surface" | "trigger" | "sequence">> = {},
): RolloutRoute {
  return {
    view: "rollout",
    rolloutId,
    tab,
    rule: null,
    surface: null,
    trigger: null,
    sequence: null,
    ...selected,
  };
}

/** The route of the task orchestrator's page, with what is selected in it. */
export function tosRoute(
  tab: TosTab = "run",
  selected: Partial<Pick<TosRoute, "step" | "runId">> = {},
): TosRoute {
  return { view: "tos", tab, step: null, runId: null, ...selected };
}
