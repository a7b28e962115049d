import { Field } from "@base-ui/react/field";
import { useRef, useState } from "react";
import { checkpointNameSchema } from "#contract/tos/command";
import type { TosView } from "#contract/tos/view";
import { hostNow } from "../../../../state/clock";
import { useConsole } from "../../../../state/console-store";
import { useAskedOperation } from "../../asked-operation";
import {
  type AcknowledgedRules,
  acknowledgementsOf,
  allAcknowledged,
  reasonAsked,
  stillMissing,
} from "../../rules/acknowledged-rules";
import { RulesToAcknowledge } from "../../rules/RulesToAcknowledge";
import { proposedName } from "../checkpoint-name";
import { TreeChanges } from "../TreeChanges";
import { operationWords } from "../../operation-words";
import { actionOf } from "./action-of";
import { OperationDialog } from "./OperationDialog";
import { useLaunch } from "./use-launch";

function Dialog(props: { readonly view: TosView; readonly onClose: () => void }) {
  const { onClose, view } = props;
  const { repository } = view;
  const connected = useConsole((state) => state.connection === "connected");
  const { error, launch, sending } = useLaunch(onClose);
  const [name, setName] = useState(() =>
    proposedName(
      hostNow(),
      repository.checkpoints.map((checkpoint) => checkpoint.name),
    ),
  );
  const [reason, setReason] = useState("");
  const nameField = useRef<HTMLInputElement>(null);
  const [acknowledged, setAcknowledged] = useState<AcknowledgedRules>({});
  const action = actionOf(view, "checkpoint");
  const rules = action?.rules ?? [];
  const checked = checkpointNameSchema.safeParse(name);
  const problem = checked.success ? "" : (checked.error.issues[0]?.message ?? "");
  const taken = repository.checkpoints.find((checkpoint) => checkpoint.name === name.trim());
  return (
    <OperationDialog
      title={operationWords.checkpoint.title}
      confirm="Make the checkpoint"
      look="primary"
      action={action}
      initialFocus={nameField}
      reason={reason}
      {...reasonAsked(rules)}
      onReason={setReason}
      missing={stillMissing(rules, acknowledged, reason, false)}
      ready={connected && checked.success && allAcknowledged(rules, acknowledged, reason)}
      sending={sending}
      error={error}
      onSubmit={() =>
        launch({
          operation: "checkpoint",
          name: name.trim(),
          reason: reason.trim(),
          acknowledgements: acknowledgementsOf(rules, acknowledged, reason),
        })
      }
      onClose={onClose}
    >
      <Field.Root invalid={problem !== ""} className="flex flex-col gap-1">
        <Field.Label className="text-muted">Name; the commit is called CHECKPOINT and this</Field.Label>
        <Field.Control
          ref={nameField}
          value={name}
          maxLength={200}
          onValueChange={setName}
          className="figure h-7 rounded-control border border-control bg-panel px-2 data-invalid:border-failing"
        />
        <Field.Error match={problem !== ""} className="text-small text-failing">
          {problem}
        </Field.Error>
        {taken !== undefined && (
          <p className="text-small text-muted">There is a checkpoint of that name already; both stay.</p>
        )}
      </Field.Root>
      <section aria-label="What is committed" className="border border-line">
        <TreeChanges
          repository={repository}
          none="Nothing has changed: the commit is empty, and marks this place."
        />
      </section>
      <RulesToAcknowledge rules={rules} acknowledged={acknowledged} onChange={setAcknowledged} />
    </OperationDialog>
  );
}

/** Asks for a checkpoint: its name is proposed, what it commits is listed. */
export function CheckpointDialog(props: { readonly view: TosView }) {
  const { asked, close } = useAskedOperation();
  return asked?.operation === "checkpoint" ? <Dialog view={props.view} onClose={close} /> : null;
}
