import { create } from "zustand";
import type { SurfaceId } from "#contract/identity";
import type { ActionView } from "#contract/rollout/view";
import { rolloutRoute } from "./route";
import { navigate } from "./use-route";

/** An action of a rollout that was asked for from elsewhere; the rollout's page opens its dialog and forgets it. */
export interface AskedAction {
  readonly rolloutId: string;
  readonly action: ActionView["action"];
  /** `rebaseline` only. */
  readonly surface: SurfaceId | null;
}

export const useAskedAction = create<{ readonly asked: AskedAction | null }>(() => ({ asked: null }));

/** Goes to the rollout and has its page ask for confirmation. Nothing is done before the operator confirms. */
export function askForAction(asked: AskedAction): void {
  useAskedAction.setState({ asked });
  navigate(rolloutRoute(asked.rolloutId));
}

/** To be called once the dialog is open. */
export function forgetAskedAction(): void {
  useAskedAction.setState({ asked: null });
}
