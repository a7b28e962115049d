import { useState } from "react";
import type { TosView } from "#contract/tos/view";
import { useConsole } from "../../../state/console-store";
import { useAskedOperation } from "../asked-operation";
import { actionOf } from "../checkpoints/dialogs/action-of";
import { OperationDialog } from "../checkpoints/dialogs/OperationDialog";
import { useLaunch } from "../checkpoints/dialogs/use-launch";
import { operationWords } from "../operation-words";
import {
  type AcknowledgedRules,
  acknowledgementsOf,
  allAcknowledged,
  reasonAsked,
  stillMissing,
} from "../rules/acknowledged-rules";
import { RulesToAcknowledge } from "../rules/RulesToAcknowledge";

const launched = ["run", "test", "cleanrun"] as const;
type Launched = (typeof launched)[number];

const confirmations: Readonly<Record<Launched, string>> = {
  run: "Begin the run",
  test: "Begin the test",
  cleanrun: "Clean and begin the run",
};

function Dialog(props: {
  readonly view: TosView;
  readonly operation: Launched;
  readonly onClose: () => void;
}) {
  const { onClose, operation, view } = props;
  const connected = useConsole((state) => state.connection === "connected");
  const words = operationWords[operation];
  const { error, launch, sending } = useLaunch(onClose);
  const [reason, setReason] = useState("");
  const [clean, setClean] = useState(false);
  const [acknowledged, setAcknowledged] = useState<AcknowledgedRules>({});
  const action = actionOf(view, operation);
  const rules = action?.rules ?? [];
  return (
    <OperationDialog
      title={words.title}
      confirm={confirmations[operation]}
      look="primary"
      action={action}
      reason={reason}
      {...reasonAsked(rules)}
      onReason={setReason}
      missing={stillMissing(rules, acknowledged, reason, false)}
      ready={connected && allAcknowledged(rules, acknowledged, reason)}
      sending={sending}
      error={error}
      onSubmit={() =>
        launch({
          operation,
          clean: operation === "test" && clean,
          reason: reason.trim(),
          acknowledgements: acknowledgementsOf(rules, acknowledged, reason),
        })
      }
      onClose={onClose}
    >
      {operation === "test" && (
        <label className="flex items-start gap-1.5">
          <input
            type="checkbox"
            className="mt-1"
            checked={clean}
            onChange={(event) => setClean(event.target.checked)}
          />
          <span>
            Clean first: step logs, phase_summary.json, phase_state.json and job_result.json are deleted
            before it begins
          </span>
        </label>
      )}
      <RulesToAcknowledge rules={rules} acknowledged={acknowledged} onChange={setAcknowledged} />
    </OperationDialog>
  );
}

/** Asks for a run of the orchestrator: what it does and costs, the rules to acknowledge, and why. */
export function LaunchDialog(props: { readonly view: TosView }) {
  const { asked, close } = useAskedOperation();
  const operation = launched.find((known) => known === asked?.operation);
  if (operation === undefined) return null;
  return <Dialog key={operation} view={props.view} operation={operation} onClose={close} />;
}
