import { useRef, type FormEvent, type ReactNode, type RefObject } from "react";
import type { BridgeError } from "#contract/envelope";
import type { TosActionView } from "#contract/tos/view";
import { Button } from "../../../../ui/Button";
import { Modal } from "../../../../ui/Modal";
import { ErrorNotice, Notice } from "../../../../ui/Notice";
import { Prose } from "../../../../ui/Prose";
import { ReasonField } from "../../../../ui/ReasonField";
import { distinctObstacles } from "./distinct-obstacles";

function Obstacles(props: { readonly lines: readonly string[] }) {
  if (props.lines.length === 0) return null;
  return (
    <Notice tone="degraded" title="Not possible now">
      <ul className="list-disc pl-4 text-small" data-testid="obstacles">
        {props.lines.map((line) => (
          <li key={line} className="break-words">
            <Prose text={line} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Effects(props: { readonly action: TosActionView | undefined }) {
  if (props.action === undefined || props.action.effects.length === 0) return null;
  return (
    <ul className="list-disc pl-4" data-testid="effects">
      {props.action.effects.map((effect) => (
        <li key={effect}>
          <Prose text={effect} />
        </li>
      ))}
    </ul>
  );
}

/**
 * The dialog of an operation: what it does, what stands in its way, what it touches, and why it is done. Its middle
 * scrolls, the reason and the buttons stay in sight. It stays open, with what was written, when the host refuses.
 */
export function OperationDialog(props: {
  readonly title: string;
  readonly confirm: string;
  readonly look: "primary" | "danger";
  /** Undefined when the host does not offer the operation. */
  readonly action: TosActionView | undefined;
  /** The content says more than the effects, and stands before them. */
  readonly effectsLast?: boolean;
  /** Obstacles beyond the action's own. */
  readonly obstacles?: readonly string[];
  readonly reason: string;
  readonly reasonLabel: string;
  /** Some operations ask for no reason, but take one. */
  readonly reasonOptional?: boolean;
  readonly onReason: (reason: string) => void;
  /** What has the focus at first; the reason when left out. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
  /** What it still waits for, in words; said beside the buttons, for what asks for it may be out of sight. */
  readonly missing?: readonly string[];
  /** All is written and acknowledged that the operation asks for. */
  readonly ready: boolean;
  readonly sending: boolean;
  readonly error: BridgeError | null;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}) {
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const obstacles = distinctObstacles([...(props.action?.obstacles ?? []), ...(props.obstacles ?? [])]);
  const possible = props.action !== undefined && obstacles.length === 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (possible && props.ready && !props.sending) props.onSubmit();
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title={props.title}
      className="max-w-210"
      initialFocus={props.initialFocus ?? reasonField}
    >
      <form className="flex max-h-[calc(86vh-4.5rem)] flex-col" onSubmit={submit}>
        <div
          tabIndex={0}
          role="region"
          aria-label="What this does"
          className="scroll-region flex min-h-0 flex-1 flex-col gap-2.5 px-4 py-3"
        >
          {props.effectsLast !== true && <Effects action={props.action} />}
          <Obstacles lines={obstacles} />
          {props.children}
          {props.effectsLast === true && <Effects action={props.action} />}
        </div>
        <div className="flex shrink-0 flex-col gap-2 border-t border-line px-4 py-2.5">
          {props.error !== null && <ErrorNotice error={props.error} />}
          <ReasonField
            ref={reasonField}
            label={props.reasonLabel}
            value={props.reason}
            onChange={props.onReason}
            rows={2}
            required={props.reasonOptional !== true}
          />
          <div className="flex items-center justify-end gap-2">
            {possible && props.missing !== undefined && props.missing.length > 0 && (
              <p className="min-w-0 flex-1 text-small text-muted" data-testid="missing">
                Still missing: {props.missing.join(", ")}
              </p>
            )}
            <Button look="quiet" onClick={props.onClose}>
              {possible ? "Keep as it is" : "Close"}
            </Button>
            <Button
              look={props.look}
              type="submit"
              disabled={!possible || !props.ready || props.sending}
              data-testid="confirm"
            >
              {props.sending ? "Beginning…" : props.confirm}
            </Button>
          </div>
        </div>
      </form>
    </Modal>
  );
}
