import type { TosActionView, TosView } from "#contract/tos/view";
import type { TosOperation } from "#contract/tos/vocabulary";

/** What the host says of an operation; undefined when it does not offer it. */
export function actionOf(view: Pick<TosView, "actions">, operation: TosOperation): TosActionView | undefined {
  return view.actions.find((action) => action.operation === operation);
}
