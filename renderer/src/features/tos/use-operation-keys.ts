import type { TosView } from "#contract/tos/view";
import { usePageKeys } from "../../state/use-page-keys";
import { useAskedOperation } from "./asked-operation";
import { offeredOperations } from "./header/OperationBar";
import { operationWords } from "./operation-words";

/** Keys of the page: each opens the dialog of one operation, and nothing more. `x` only while a run can be cancelled. */
export function useOperationKeys(view: Pick<TosView, "actions" | "run">): void {
  const { ask } = useAskedOperation();
  usePageKeys((key) => {
    if (key === operationWords.cancel.key) {
      if (view.run?.cancellable !== true) return false;
      ask({ operation: "cancel" });
      return true;
    }
    const operation = offeredOperations.find((known) => operationWords[known].key === key);
    if (operation === undefined || !view.actions.some((action) => action.operation === operation))
      return false;
    ask({ operation });
    return true;
  });
}
