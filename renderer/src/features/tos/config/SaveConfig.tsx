import { useRef, useState } from "react";
import type { BridgeError } from "#contract/envelope";
import type { TosView } from "#contract/tos/view";
import { hostClient, useConsole } from "../../../state/console-store";
import { asBridgeError } from "../../../state/use-request";
import { Button } from "../../../ui/Button";
import { Modal } from "../../../ui/Modal";
import { ErrorNotice, Notice } from "../../../ui/Notice";
import { announceDone } from "../../../ui/notices";
import { Prose } from "../../../ui/Prose";
import { ReasonField } from "../../../ui/ReasonField";
import {
  acknowledgementsOf,
  allAcknowledged,
  stillMissing,
  type AcknowledgedRules,
} from "../rules/acknowledged-rules";
import { RulesToAcknowledge } from "../rules/RulesToAcknowledge";
import { ConfigChange } from "./ConfigChange";
import type { ConfigDraft } from "./config-draft";
import { saveRules } from "./save-rules";

/** Asks what was changed and why, shows the difference once more, and writes the file. */
export function SaveConfig(props: {
  readonly view: TosView;
  readonly draft: ConfigDraft;
  readonly problems: readonly string[];
  readonly reminders: readonly string[];
  /** The reason is kept by the editor, so that it outlives a conflict. */
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  /** False once the file has changed on disk meanwhile. */
  readonly upToDate: boolean;
  readonly onClose: () => void;
  readonly onSaved: () => void;
  /** The file on disk is another than the one the edit began from. */
  readonly onConflict: () => void;
}) {
  const { draft, problems, reason, reminders, view } = props;
  const connected = useConsole((state) => state.connection === "connected");
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const [acknowledged, setAcknowledged] = useState<AcknowledgedRules>({});
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<BridgeError | null>(null);
  const rules = saveRules(view, problems);
  const ready =
    connected && props.upToDate && reason.trim() !== "" && allAcknowledged(rules, acknowledged, reason);
  const missing = stillMissing(rules, acknowledged, reason, true);
  const save = async (): Promise<void> => {
    setSaving(true);
    setError(null);
    try {
      await hostClient().request("tos.saveConfig", {
        text: draft.text,
        baseDigest: draft.base.digest,
        reason: reason.trim(),
        acknowledgements: acknowledgementsOf(rules, acknowledged, reason),
      });
      announceDone("Configuration saved", reason.trim());
      props.onSaved();
    } catch (failure) {
      const refusal = asBridgeError(failure);
      setError(refusal);
      if (refusal.code === "conflict") props.onConflict();
    } finally {
      setSaving(false);
    }
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title="Save the configuration"
      className="max-w-210"
      initialFocus={reasonField}
    >
      <form
        className="flex max-h-[calc(86vh-4.5rem)] flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !saving) void save();
        }}
      >
        <div
          tabIndex={0}
          role="region"
          aria-label="What is written"
          className="scroll-region flex min-h-0 flex-1 flex-col gap-2.5 px-4 py-3"
        >
          <ConfigChange
            title={`Written to ${view.config.path}`}
            before={draft.base.text}
            after={draft.text}
            none="Nothing."
            className="h-52 shrink-0"
          />
          {reminders.length > 0 && (
            <ul className="list-disc pl-4" aria-label="Reminders">
              {reminders.map((reminder) => (
                <li key={reminder}>
                  <Prose text={reminder} />
                </li>
              ))}
            </ul>
          )}
          <RulesToAcknowledge rules={rules} acknowledged={acknowledged} onChange={setAcknowledged} />
        </div>
        <div className="flex shrink-0 flex-col gap-2 border-t border-line px-4 py-2.5">
          {error !== null && <ErrorNotice error={error} />}
          {!props.upToDate && error === null && (
            <Notice tone="failing" live title="The file was changed on disk meanwhile.">
              <p className="text-small text-muted">
                Go back to the editor to see both changes. Your reason is kept.
              </p>
            </Notice>
          )}
          <ReasonField
            ref={reasonField}
            label="What was changed and why, kept in the workspace's log"
            value={reason}
            onChange={props.onReason}
            rows={2}
          />
          <div className="flex items-center justify-end gap-2">
            {missing.length > 0 && (
              <p className="min-w-0 flex-1 text-small text-muted">Still missing: {missing.join(", ")}</p>
            )}
            <Button look="quiet" onClick={props.onClose}>
              Go on editing
            </Button>
            <Button look="primary" type="submit" disabled={!ready || saving} data-testid="confirm">
              {saving ? "Saving…" : "Save the configuration"}
            </Button>
          </div>
        </div>
      </form>
    </Modal>
  );
}
