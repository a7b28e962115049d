import { useRef, useState, type FormEvent } from "react";
import { surfaceLabels } from "#contract/identity";
import type { ActionView, RolloutView } from "#contract/rollout/view";
import { useConsole } from "../../../state/console-store";
import { Button } from "../../../ui/Button";
import { Modal } from "../../../ui/Modal";
import { ErrorNotice, Notice } from "../../../ui/Notice";
import { Prose } from "../../../ui/Prose";
import { ReasonField } from "../../../ui/ReasonField";
import { RefusalNotice } from "../../../ui/RefusalNotice";
import { RehearsalMark } from "../../../ui/RehearsalMark";
import { actionWords } from "./action-words";
import type { Asked } from "./command-of";
import { DecisionFacts } from "./DecisionFacts";
import { useDecision, type Decision } from "./use-decision";

function Obstacles(props: { readonly action: ActionView }) {
  if (props.action.allowed) return null;
  return (
    <Notice tone="degraded" title="Not possible now">
      <ul
        tabIndex={0}
        aria-label="What stands in the way"
        className="scroll-region max-h-48 list-disc pl-4 text-small"
      >
        {props.action.obstacles.map((obstacle) => (
          <li key={obstacle}>
            <Prose text={obstacle} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Answer(props: { readonly decision: Decision }) {
  const { changed, error, refusal } = props.decision;
  return (
    <>
      {refusal !== null && <RefusalNotice refusal={refusal} />}
      {error !== null && <ErrorNotice error={error} />}
      {changed !== null && (
        <Notice
          tone="degraded"
          live
          title="The rollout has changed since you looked."
          action={
            <Button size="small" onClick={props.decision.acknowledge}>
              Decide on this state
            </Button>
          }
        >
          <p className="text-small text-muted">Your reason is kept. Look at what changed, then go on.</p>
        </Notice>
      )}
    </>
  );
}

function titleOf(asked: Asked): string {
  const { title } = actionWords[asked.action];
  return asked.action === "rebaseline" ? `${title} for ${surfaceLabels[asked.surface]}` : title;
}

/**
 * Asks for a decision: says exactly what the action does, on which state it is decided, and why. Stays open, with what
 * was written, when the host refuses.
 */
export function ActionDialog(props: {
  readonly asked: Asked;
  readonly view: RolloutView;
  readonly onClose: () => void;
}) {
  const { asked, view } = props;
  const connected = useConsole((state) => state.connection === "connected");
  const decision = useDecision(asked, view, props.onClose);
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState("");
  const [freezeReason, setFreezeReason] = useState("");
  const { changed, decidedOn, sending } = decision;
  const shown = changed ?? decidedOn;
  // The effect and what stands in the way are those of now: they hold no promise about the moment the dialog opened.
  const action = (changed ?? view).actions.find((known) => known.action === asked.action);
  if (action === undefined) return null;
  const words = actionWords[asked.action];
  const frozen = action.freezeWindow !== null;
  const ready =
    action.allowed &&
    connected &&
    changed === null &&
    reason.trim() !== "" &&
    (!frozen || freezeReason.trim() !== "");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && !sending) decision.send(reason.trim(), frozen ? freezeReason.trim() : null);
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title={titleOf(asked)}
      className="max-w-150"
      initialFocus={reasonField}
    >
      <form className="flex flex-col gap-2.5 px-4 py-3" onSubmit={submit}>
        <div>
          <p className="flex items-center gap-2 text-muted">
            What this does {view.rehearsal && <RehearsalMark />}
          </p>
          <p data-testid="effect">
            <Prose text={action.effect} />
          </p>
        </div>
        <DecisionFacts view={shown} before={decidedOn} />
        <Obstacles action={action} />
        {action.allowed && (
          <ReasonField
            ref={reasonField}
            label="Reason, kept in the rollout's journal"
            value={reason}
            onChange={setReason}
            rows={2}
          />
        )}
        {action.allowed && frozen && (
          <>
            <Notice tone="degraded" title={`Freeze window: ${action.freezeWindow}`} />
            <ReasonField
              label="Why it must be promoted inside the freeze window"
              value={freezeReason}
              onChange={setFreezeReason}
              rows={2}
            />
          </>
        )}
        <Answer decision={decision} />
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={props.onClose}>
            {action.allowed ? "Keep as it is" : "Close"}
          </Button>
          {action.allowed && (
            <Button look={words.look} type="submit" disabled={!ready || sending} data-testid="confirm">
              {sending ? "Sending…" : words.label}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  );
}
