import { useState } from "react";
import type { TosView } from "#contract/tos/view";
import { useConsole } from "../../../../state/console-store";
import { Button } from "../../../../ui/Button";
import { Notice } from "../../../../ui/Notice";
import { useAskedOperation } from "../../asked-operation";
import {
  acknowledgementsOf,
  allAcknowledged,
  stillMissing,
  type AcknowledgedRules,
} from "../../rules/acknowledged-rules";
import { RulesToAcknowledge } from "../../rules/RulesToAcknowledge";
import { TreeChanges } from "../TreeChanges";
import { operationWords } from "../../operation-words";
import { actionOf } from "./action-of";
import { OperationDialog } from "./OperationDialog";
import { useLaunch } from "./use-launch";

function Dialog(props: {
  readonly view: TosView;
  readonly operation: "stash" | "discard";
  readonly onClose: () => void;
}) {
  const { onClose, operation, view } = props;
  const { repository } = view;
  const connected = useConsole((state) => state.connection === "connected");
  const { error, launch, sending } = useLaunch(onClose);
  // The changes that were looked at; others are shown and have to be looked at first.
  const [decidedOn, setDecidedOn] = useState(repository.treeDigest);
  const [reason, setReason] = useState("");
  const [acknowledged, setAcknowledged] = useState<AcknowledgedRules>({});
  const action = actionOf(view, operation);
  const rules = action?.rules ?? [];
  const changed = decidedOn !== repository.treeDigest;
  return (
    <OperationDialog
      title={operationWords[operation].title}
      confirm={operationWords[operation].title}
      look={operation === "discard" ? "danger" : "primary"}
      action={action}
      obstacles={
        repository.changeCount === 0 ? ["The working tree is clean: there is nothing to settle."] : []
      }
      reason={reason}
      reasonLabel="Reason, kept in the run's progress"
      onReason={setReason}
      missing={stillMissing(rules, acknowledged, reason, true)}
      ready={connected && !changed && reason.trim() !== "" && allAcknowledged(rules, acknowledged, reason)}
      sending={sending}
      error={error}
      onSubmit={() =>
        launch({
          operation,
          treeDigest: decidedOn,
          reason: reason.trim(),
          acknowledgements: acknowledgementsOf(rules, acknowledged, reason),
        })
      }
      onClose={onClose}
    >
      {changed && (
        <Notice
          tone="degraded"
          live
          title="The working tree has changed since you looked."
          action={
            <Button
              size="small"
              onClick={() => setDecidedOn(repository.treeDigest)}
              data-testid="decide-anew"
            >
              Decide on this
            </Button>
          }
        >
          <p className="text-small text-muted">It is listed below as it is now. Your reason is kept.</p>
        </Notice>
      )}
      <section aria-label="What is taken out of the tree" className="border border-line">
        <TreeChanges repository={repository} none="Nothing has changed." />
      </section>
      <RulesToAcknowledge rules={rules} acknowledged={acknowledged} onChange={setAcknowledged} />
    </OperationDialog>
  );
}

/** Asks to make the working tree clean, keeping what was in it as a stash or in a recovery. */
export function SettleTreeDialog(props: { readonly view: TosView }) {
  const { asked, close } = useAskedOperation();
  if (asked?.operation !== "stash" && asked?.operation !== "discard") return null;
  return <Dialog key={asked.operation} view={props.view} operation={asked.operation} onClose={close} />;
}
