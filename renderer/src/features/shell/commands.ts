import { surfaceIds, surfaceLabels, type SurfaceId } from "#contract/identity";
import { chooseTheme, nextTheme, useTheme } from "../../state/theme";
import type { Route, SurfaceTab } from "../../state/route";
import { tabsOf } from "../../state/route";
import { navigate, surfaceRoute } from "../../state/use-route";
import { runCycle } from "../driver/driver-actions";
import { tabLabels } from "../surface/tab-labels";
import { useOverlay } from "./overlay";

/** One thing an operator can do from anywhere: feeds the palette, the keyboard and its help alike. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** Keys as pressed, `g o` meaning one after the other; empty for none. */
  readonly keys: string;
  readonly perform: () => void;
}

function go(route: Route): () => void {
  return () => navigate(route);
}

const places: readonly Command[] = [
  { id: "overview", label: "Overview", group: "Go to", keys: "g o", perform: go({ view: "overview" }) },
  ...surfaceIds.map((surface, index) => ({
    id: `surface.${surface}`,
    label: surfaceLabels[surface],
    group: "Go to",
    keys: String(index + 1),
    perform: go(surfaceRoute(surface)),
  })),
  {
    id: "troubleshooting",
    label: "Troubleshooting",
    group: "Go to",
    keys: "g t",
    perform: go({ view: "troubleshooting" }),
  },
];

const parts: readonly Command[] = surfaceIds.flatMap((surface) =>
  tabsOf(surface).map((tab) => ({
    id: `surface.${surface}.${tab}`,
    label: `${surfaceLabels[surface]}: ${tabLabels[tab]}`,
    group: "Surface",
    keys: "",
    perform: go(surfaceRoute(surface, tab)),
  })),
);

const runs: readonly Command[] = surfaceIds.map((surface) => ({
  id: `run.${surface}`,
  label: `Run a cycle of ${surfaceLabels[surface]} now`,
  group: "Driver",
  keys: "",
  perform: () => void runCycle(surface),
}));

const window: readonly Command[] = [
  {
    id: "palette",
    label: "Command palette",
    group: "Window",
    keys: "Ctrl K",
    perform: () => useOverlay.setState({ shown: "palette" }),
  },
  {
    id: "help",
    label: "Keyboard help",
    group: "Window",
    keys: "?",
    perform: () => useOverlay.setState({ shown: "help" }),
  },
  {
    id: "theme",
    label: "Change theme: system, light, dark",
    group: "Window",
    keys: "g d",
    perform: () => chooseTheme(nextTheme(useTheme.getState().choice)),
  },
];

/** Every command, in the order the palette lists them. */
export const commands: readonly Command[] = [...places, ...window, ...runs, ...parts];

/** Commands for the keys of the surface's page: `[` and `]` step through its tabs. */
export function neighbouringTab(surface: SurfaceId, tab: SurfaceTab, step: 1 | -1): SurfaceTab {
  const tabs = tabsOf(surface);
  return tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length] ?? tab;
}
