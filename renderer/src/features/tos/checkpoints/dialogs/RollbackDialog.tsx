import { useState } from "react";
import type { TosView } from "#contract/tos/view";
import { useConsole } from "../../../../state/console-store";
import { Button } from "../../../../ui/Button";
import { ErrorNotice, Notice } from "../../../../ui/Notice";
import { SkeletonLines } from "../../../../ui/Skeleton";
import { useAskedOperation } from "../../asked-operation";
import {
  acknowledgementsOf,
  allAcknowledged,
  stillMissing,
  type AcknowledgedRules,
} from "../../rules/acknowledged-rules";
import { RulesToAcknowledge } from "../../rules/RulesToAcknowledge";
import { SettleOffer } from "../SettleOffer";
import { operationWords } from "../../operation-words";
import { actionOf } from "./action-of";
import { FinishDialog } from "./FinishDialog";
import { OperationDialog } from "./OperationDialog";
import { PreviewFacts } from "./PreviewFacts";
import { TestNotice } from "./TestNotice";
import { useLaunch } from "./use-launch";
import { usePreview, type Preview } from "./use-preview";

type Way =
  | { readonly operation: "rollback"; readonly target: string | null }
  | { readonly operation: "undo"; readonly recoveryId: string };

function Changed(props: { readonly preview: Preview; readonly onAcknowledge: () => void }) {
  if (props.preview.changed === null) return null;
  return (
    <Notice
      tone="degraded"
      live
      title="What would go has changed since you looked."
      action={
        <Button size="small" onClick={props.onAcknowledge} data-testid="decide-anew">
          Decide on this
        </Button>
      }
    >
      <p className="text-small text-muted">It is shown below as it is now. Your reason is kept.</p>
    </Notice>
  );
}

function PreviewedDialog(props: { readonly view: TosView; readonly way: Way; readonly onClose: () => void }) {
  const { onClose, view, way } = props;
  const connected = useConsole((state) => state.connection === "connected");
  const preview = usePreview(
    way.operation === "undo" ? { recoveryId: way.recoveryId } : { target: way.target },
    view.repository,
  );
  const { error, forgetError, launch, sending } = useLaunch(onClose, preview.askAgain);
  const [reason, setReason] = useState("");
  const [acknowledged, setAcknowledged] = useState<AcknowledgedRules>({});
  const action = actionOf(view, way.operation);
  const rules = action?.rules ?? [];
  const { changed, decidedOn } = preview;
  const shown = changed ?? decidedOn;
  const send = (): void => {
    if (decidedOn === null) return;
    const told = {
      previewId: decidedOn.previewId,
      reason: reason.trim(),
      acknowledgements: acknowledgementsOf(rules, acknowledged, reason),
    };
    launch(
      way.operation === "undo"
        ? { operation: "undo", recoveryId: way.recoveryId, ...told }
        : { operation: "rollback", target: way.target, ...told },
    );
  };
  return (
    <OperationDialog
      title={operationWords[way.operation].title}
      confirm={way.operation === "undo" ? "Undo the rollback" : "Roll back"}
      look="danger"
      effectsLast
      action={action}
      obstacles={shown?.obstacles ?? []}
      reason={reason}
      reasonLabel="Reason, kept with the recovery and in the run's progress"
      onReason={setReason}
      missing={stillMissing(rules, acknowledged, reason, true)}
      ready={
        connected &&
        decidedOn !== null &&
        changed === null &&
        preview.error === null &&
        reason.trim() !== "" &&
        allAcknowledged(rules, acknowledged, reason)
      }
      sending={sending}
      error={error}
      onSubmit={send}
      onClose={onClose}
    >
      <SettleOffer repository={view.repository} />
      <Changed
        preview={preview}
        onAcknowledge={() => {
          preview.acknowledge();
          forgetError();
        }}
      />
      {preview.error !== null && <ErrorNotice error={preview.error} onRetry={preview.askAgain} />}
      {shown === null && preview.error === null && <SkeletonLines lines={5} />}
      {shown !== null && (
        <>
          <PreviewFacts preview={shown} />
          {shown.runsTest && <TestNotice provider={view.provider} />}
        </>
      )}
      <RulesToAcknowledge rules={rules} acknowledged={acknowledged} onChange={setAcknowledged} />
    </OperationDialog>
  );
}

/** Asks for a rollback, the undo of one, or the end of one that was cut off; shows exactly what goes, and asks why. */
export function RollbackDialog(props: { readonly view: TosView }) {
  const { asked, close } = useAskedOperation();
  const { view } = props;
  if (asked?.operation === "rollback") {
    const target = asked.target ?? null;
    return (
      <PreviewedDialog
        key={target ?? ""}
        view={view}
        way={{ operation: "rollback", target }}
        onClose={close}
      />
    );
  }
  if (asked?.recoveryId === undefined) return null;
  if (asked.operation === "undo")
    return (
      <PreviewedDialog
        key={asked.recoveryId}
        view={view}
        way={{ operation: "undo", recoveryId: asked.recoveryId }}
        onClose={close}
      />
    );
  if (asked.operation === "finish")
    return <FinishDialog key={asked.recoveryId} view={view} recoveryId={asked.recoveryId} onClose={close} />;
  return null;
}
