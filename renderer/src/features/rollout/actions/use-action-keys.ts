import { useEffect, useRef } from "react";
import { keysBelongElsewhere } from "../../../state/keys-elsewhere";
import { actionWords, type RolloutAction } from "./action-words";

/**
 * Keys of the buttons on screen. Those that promote or end a rollout need Shift and only open a dialog, so that none
 * can be set off by accident. A key held down acts once.
 */
export function useActionKeys(
  actions: readonly RolloutAction[],
  perform: (action: RolloutAction) => void,
): void {
  const latest = useRef({ actions, perform });
  useEffect(() => {
    latest.current = { actions, perform };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
      if (keysBelongElsewhere(event.target)) return;
      const action = latest.current.actions.find((known) => actionWords[known].key === event.key);
      if (action === undefined) return;
      event.preventDefault();
      latest.current.perform(action);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
