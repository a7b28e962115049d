import { surfaceIds, surfaceLabels } from "#contract/identity";
import type { RolloutView } from "#contract/rollout/view";
import { askForAction } from "../../state/asked-action";
import { chooseTheme, nextTheme, useTheme } from "../../state/theme";
import { rolloutRoute, rolloutTabs, tabsOf, tosRoute, type Route } from "../../state/route";
import { navigate, surfaceRoute } from "../../state/use-route";
import { actionWords } from "../rollout/actions/action-words";
import { rolloutTabLabels } from "../rollouts/tab-labels";
import { runCycle } from "../driver/driver-actions";
import { tabLabels } from "../surface/tab-labels";
import { toggleNotices } from "./notices-panel";
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
    keys: "g u",
    perform: go({ view: "troubleshooting" }),
  },
  { id: "tos", label: "TOS", group: "Go to", keys: "g t", perform: go(tosRoute()) },
  { id: "rollout", label: "Rollout", group: "Go to", keys: "g r", perform: go(rolloutRoute(null)) },
  {
    id: "rollouts",
    label: "History of rollouts",
    group: "Go to",
    keys: "g h",
    perform: go({ view: "rollouts" }),
  },
  {
    id: "rollout.start",
    label: "Start a rollout",
    group: "Go to",
    keys: "g s",
    perform: go({ view: "rollout-start" }),
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
  { id: "notices", label: "Notices", group: "Window", keys: "g n", perform: toggleNotices },
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

/** Commands of the rollout the console works on: its parts, and what may be done to it now. Each action still asks. */
export function rolloutCommands(view: RolloutView | null): readonly Command[] {
  if (view === null) return [];
  const group = `Rollout of ${view.candidate.version}`;
  const { rolloutId } = view;
  const command = (id: string, label: string, perform: () => void): Command => ({
    id: `rollout.${id}`,
    label,
    group,
    keys: "",
    perform,
  });
  const allowed = view.actions.filter((action) => action.allowed);
  return [
    ...allowed.flatMap(({ action }) =>
      action === "rebaseline"
        ? view.invalidBaselines.map((surface) =>
            command(
              `${action}.${surface}`,
              `${actionWords[action].title} for ${surfaceLabels[surface]}`,
              () => askForAction({ rolloutId, action, surface }),
            ),
          )
        : [
            command(action, actionWords[action].title, () =>
              askForAction({ rolloutId, action, surface: null }),
            ),
          ],
    ),
    ...rolloutTabs.map((tab) =>
      command(`tab.${tab}`, `Rollout: ${rolloutTabLabels[tab]}`, go(rolloutRoute(rolloutId, tab))),
    ),
  ];
}

/** Every command that is always there, in the order the palette lists them. */
export const commands: readonly Command[] = [...places, ...window, ...runs, ...parts];

/** The entry `step` after another one, round and round: `[` and `]` step through the tabs of a page. */
export function neighbour<Entry>(entries: readonly Entry[], entry: Entry, step: 1 | -1): Entry {
  return entries[(entries.indexOf(entry) + step + entries.length) % entries.length] ?? entry;
}
