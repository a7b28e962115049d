import type { TosView } from "#contract/tos/view";
import { tosRoute, tosTabs } from "../../state/route";
import { navigate } from "../../state/use-route";
import { useAskedOperation, type AskedOperation } from "../tos/asked-operation";
import { offeredOperations } from "../tos/header/OperationBar";
import { operationWords } from "../tos/operation-words";
import { tosTabLabels } from "../tos/tab-labels";
import type { Command } from "./commands";

/** Commands of the task orchestrator: what may be asked of it now, and its parts. Each operation still asks. */
export function tosCommands(view: TosView | null): readonly Command[] {
  if (view === null) return [];
  const offered: AskedOperation["operation"][] = offeredOperations.filter((operation) =>
    view.actions.some((action) => action.operation === operation && action.obstacles.length === 0),
  );
  if (view.run?.cancellable === true) offered.unshift("cancel");
  const command = (id: string, label: string, perform: () => void): Command => ({
    id: `tos.${id}`,
    label: `TOS: ${label}`,
    group: "TOS",
    keys: "",
    perform,
  });
  return [
    ...offered.map((operation) =>
      command(operation, operationWords[operation].title.toLowerCase(), () => {
        navigate(tosRoute());
        useAskedOperation.getState().ask({ operation });
      }),
    ),
    ...tosTabs.map((tab) =>
      command(`tab.${tab}`, `go to ${tosTabLabels[tab]}`, () => navigate(tosRoute(tab))),
    ),
  ];
}
