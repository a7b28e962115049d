import type { TosRunView } from "#contract/tos/progress";
import type { TosView } from "#contract/tos/view";
import { useConsole } from "../../../state/console-store";
import { Button } from "../../../ui/Button";
import { Hint } from "../../../ui/Hint";
import { KeyCap } from "../../../ui/KeyCap";
import { useAskedOperation } from "../asked-operation";
import { operationWords } from "../operation-words";
import { OperationButton } from "./OperationButton";

/** The operations that have a button on every tab, in their order; the others are offered where they belong. */
export const offeredOperations = ["run", "test", "cleanrun", "checkpoint", "rollback"] as const;

function CancelButton(props: { readonly run: TosRunView }) {
  const connected = useConsole((state) => state.connection === "connected");
  const { ask } = useAskedOperation();
  const { Glyph, key, label } = operationWords.cancel;
  const possible = connected && props.run.cancellable;
  return (
    <Hint
      content={
        props.run.state === "cancelling"
          ? "It was asked to end already."
          : props.run.cancellable
            ? operationWords.cancel.title
            : "What is under way is not broken off: it is waited for."
      }
    >
      <Button
        look="danger"
        disabled={!possible}
        aria-keyshortcuts={key}
        data-operation="cancel"
        onClick={() => ask({ operation: "cancel" })}
      >
        <Glyph size={14} aria-hidden />
        {label}
        <span aria-hidden className="hidden min-[1500px]:inline-flex">
          <KeyCap>{key}</KeyCap>
        </span>
      </Button>
    </Hint>
  );
}

/** What can be done with the project, honest about what each would do and why it may not. */
export function OperationBar(props: { readonly view: TosView }) {
  const { actions, run } = props.view;
  const connected = useConsole((state) => state.connection === "connected");
  const { ask } = useAskedOperation();
  return (
    <div role="group" aria-label="Operations" className="flex shrink-0 items-center gap-1.5">
      {run !== null && <CancelButton run={run} />}
      {offeredOperations.flatMap((operation) => {
        const action = actions.find((known) => known.operation === operation);
        if (action === undefined) return [];
        return <OperationButton key={operation} action={action} connected={connected} onPress={ask} />;
      })}
    </div>
  );
}
