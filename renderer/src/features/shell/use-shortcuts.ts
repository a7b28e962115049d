import { useEffect } from "react";
import { beginKeySequence, begunKeySequence, endKeySequence } from "../../state/key-sequence";
import { keysBelongElsewhere } from "../../state/keys-elsewhere";
import { parseRoute, rolloutRoute, rolloutTabs, tabsOf, tosRoute, tosTabs } from "../../state/route";
import { navigate, surfaceRoute } from "../../state/use-route";
import { commands, neighbour } from "./commands";
import { closeOverlay, useOverlay } from "./overlay";

/**
 * Keys of the whole window: 1–5, `g` sequences, `?`, `[` and `]`, and Ctrl or ⌘ with K. Single keys are left alone
 * while the operator types or a dialog is open.
 */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        if (useOverlay.getState().shown === "palette") closeOverlay();
        else useOverlay.setState({ shown: "palette" });
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (keysBelongElsewhere(event.target)) return;
      const first = begunKeySequence(event.timeStamp);
      if (first !== null) endKeySequence(event.timeStamp);
      else if (event.key === "g") beginKeySequence("g", event.timeStamp);
      const keys = first === null ? event.key : `${first} ${event.key}`;
      const command = commands.find((known) => known.keys === keys);
      if (command !== undefined) {
        event.preventDefault();
        command.perform();
        return;
      }
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
