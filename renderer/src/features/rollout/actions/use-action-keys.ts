import { usePageKeys } from "../../../state/use-page-keys";
import { actionWords, type RolloutAction } from "./action-words";

/**
 * Keys of the buttons on screen. Those that promote or end a rollout need Shift and only open a dialog, so that none
 * can be set off by accident.
 */
export function useActionKeys(
  actions: readonly RolloutAction[],
  perform: (action: RolloutAction) => void,
): void {
  usePageKeys((key) => {
    const action = actions.find((known) => actionWords[known].key === key);
    if (action === undefined) return false;
    perform(action);
    return true;
  });
}
