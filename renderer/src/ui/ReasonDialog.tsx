import { useRef, useState, type ReactNode } from "react";
import type { BridgeError } from "#contract/envelope";
import { asBridgeError } from "../state/use-request";
import { Button } from "./Button";
import { Modal } from "./Modal";
import { ErrorNotice } from "./Notice";
import { ReasonField } from "./ReasonField";

/**
 * Asks for the reason of an action that ends something, after saying exactly what it will do. Stays open with the error
 * when the host refuses.
 */
export function ReasonDialog(props: {
  readonly open: boolean;
  readonly title: string;
  readonly effects: readonly ReactNode[];
  readonly action: string;
  readonly onClose: () => void;
  readonly onConfirm: (reason: string) => Promise<void>;
}) {
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState("");
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<BridgeError | null>(null);
  const close = (): void => {
    setReason("");
    setError(null);
    props.onClose();
  };
  const confirm = async (): Promise<void> => {
    setAsking(true);
    setError(null);
    try {
      await props.onConfirm(reason.trim());
      close();
    } catch (failure) {
      setError(asBridgeError(failure));
    } finally {
      setAsking(false);
    }
  };
  return (
    <Modal open={props.open} onClose={close} title={props.title} initialFocus={reasonField}>
      <form
        className="flex flex-col gap-3 px-4 py-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== "" && !asking) void confirm();
        }}
      >
        <div>
          <p className="text-muted">What this does</p>
          <ul className="list-disc pl-5">
            {props.effects.map((effect, index) => (
              // The effects of one action do not change places.
              // eslint-disable-next-line react/no-array-index-key
              <li key={index}>{effect}</li>
            ))}
          </ul>
        </div>
        <ReasonField
          ref={reasonField}
          label="Reason, kept in the workspace's log"
          value={reason}
          onChange={setReason}
        />
        {error !== null && <ErrorNotice error={error} />}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={close}>
            Keep as it is
          </Button>
          <Button look="danger" type="submit" disabled={asking || reason.trim() === ""}>
            {props.action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
