import { useEffect } from "react";
import { keysBelongElsewhere } from "../../state/keys-elsewhere";
import { parseRoute, rolloutRoute, rolloutTabs, tabsOf, tosRoute, tosTabs } from "../../state/route";
import { navigate, surfaceRoute } from "../../state/use-route";
import { commands, neighbour } from "./commands";
import { closeOverlay, useOverlay } from "./overlay";

/** Longest pause between the two keys of a sequence. */
const sequenceMs = 1_200;

/**
 * Keys of the whole window: 1–5, `g` sequences, `?`, `[` and `]`, and Ctrl or ⌘ with K. Single keys are left alone
 * while the operator types or a dialog is open.
 */
export function useShortcuts(): void {
  useEffect(() => {
    let begun: { readonly key: string; readonly at: number } | null = null;
    const onKeyDown = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        if (useOverlay.getState().shown === "palette") closeOverlay();
        else useOverlay.setState({ shown: "palette" });
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (keysBelongElsewhere(event.target)) return;
      const sequence = begun !== null && event.timeStamp - begun.at < sequenceMs ? `${begun.key} ` : "";
      begun = null;
      const keys = `${sequence}${event.key}`;
      const command = commands.find((known) => known.keys === keys);
      if (command !== undefined) {
        event.preventDefault();
        command.perform();
        return;
      }
      if (event.key === "g") begun = { key: "g", at: event.timeStamp };
      const route = parseRoute(window.location.hash);
      if (event.key !== "[" && event.key !== "]") return;
      const step = event.key === "]" ? 1 : -1;
      if (route.view === "surface")
        navigate(surfaceRoute(route.surface, neighbour(tabsOf(route.surface), route.tab, step)));
      if (route.view === "rollout")
        navigate(rolloutRoute(route.rolloutId, neighbour(rolloutTabs, route.tab, step)));
      if (route.view === "tos") navigate(tosRoute(neighbour(tosTabs, route.tab, step)));
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
