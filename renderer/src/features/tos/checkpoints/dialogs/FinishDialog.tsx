import { useState } from "react";
import type { TosView } from "#contract/tos/view";
import { formatCounted } from "../../../../format/number";
import { useConsole } from "../../../../state/console-store";
import { Age } from "../../../../ui/Age";
import {
  acknowledgementsOf,
  allAcknowledged,
  stillMissing,
  type AcknowledgedRules,
} from "../../rules/acknowledged-rules";
import { RulesToAcknowledge } from "../../rules/RulesToAcknowledge";
import { shortHash } from "../checkpoint-name";
import { operationWords } from "../../operation-words";
import { actionOf } from "./action-of";
import { OperationDialog } from "./OperationDialog";
import { useLaunch } from "./use-launch";

/** Asks for the end of a rollback that was cut off. */
export function FinishDialog(props: {
  readonly view: TosView;
  readonly recoveryId: string;
  readonly onClose: () => void;
}) {
  const { onClose, recoveryId, view } = props;
  const connected = useConsole((state) => state.connection === "connected");
  const { error, launch, sending } = useLaunch(onClose);
  const [reason, setReason] = useState("");
  const [acknowledged, setAcknowledged] = useState<AcknowledgedRules>({});
  const action = actionOf(view, "finish");
  const rules = action?.rules ?? [];
  const recovery = view.repository.recoveries.find((known) => known.recoveryId === recoveryId);
  return (
    <OperationDialog
      title={operationWords.finish.title}
      confirm="Finish the rollback"
      look="danger"
      action={action}
      obstacles={recovery === undefined ? [`There is no recovery ${recoveryId}.`] : []}
      reason={reason}
      reasonLabel="Reason, kept in the run's progress"
      onReason={setReason}
      missing={stillMissing(rules, acknowledged, reason, true)}
      ready={connected && reason.trim() !== "" && allAcknowledged(rules, acknowledged, reason)}
      sending={sending}
      error={error}
      onSubmit={() =>
        launch({
          operation: "finish",
          recoveryId,
          reason: reason.trim(),
          acknowledgements: acknowledgementsOf(rules, acknowledged, reason),
        })
      }
      onClose={onClose}
    >
      {recovery !== undefined && (
        <p className="border border-line bg-raised px-3 py-1.5">
          {recovery.operator} began it <Age unixMs={recovery.unixMs} />: {recovery.reason}. It takes{" "}
          {recovery.branch ?? "HEAD"} from <span className="figure">{shortHash(recovery.from.hash)}</span> to{" "}
          <span className="figure">{shortHash(recovery.toHash)}</span>. The commits and{" "}
          {formatCounted(recovery.files, "file")} beside them are kept in{" "}
          <span className="figure break-all">{recovery.ref}</span>, so that it can still be undone afterwards.
        </p>
      )}
      <RulesToAcknowledge rules={rules} acknowledged={acknowledged} onChange={setAcknowledged} />
    </OperationDialog>
  );
}
