import { BookCheck } from "lucide-react";
import { useState } from "react";
import { hostClient, useConsole } from "../../../state/console-store";
import { Button } from "../../../ui/Button";
import { Modal } from "../../../ui/Modal";
import { announceDone, announceFailure } from "../../../ui/notices";

/** Records that this operator has read and understood the runbook (spec/tos/governance.md §2, G03), once asked again. */
export function RunbookButton() {
  const connected = useConsole((state) => state.connection === "connected");
  const [asked, setAsked] = useState(false);
  const [sending, setSending] = useState(false);
  const record = async (): Promise<void> => {
    setSending(true);
    try {
      await hostClient().request("tos.acknowledgeRunbook", {});
      announceDone("Recorded", "You have read and understood the runbook.");
      setAsked(false);
    } catch (failure) {
      announceFailure("It was not recorded", failure);
    } finally {
      setSending(false);
    }
  };
  return (
    <>
      <Button size="small" className="mt-1" disabled={!connected} onClick={() => setAsked(true)}>
        <BookCheck size={13} aria-hidden />I have read the runbook…
      </Button>
      <Modal open={asked} onClose={() => setAsked(false)} title="The runbook">
        <div className="flex flex-col gap-3 px-4 py-3">
          <p>
            You say that you have read docs/runbook.md and understood its rules (S-6 start condition 3). Your
            name and the time are kept with the project.
          </p>
          <div className="flex justify-end gap-2">
            <Button look="quiet" onClick={() => setAsked(false)}>
              Not yet
            </Button>
            <Button look="primary" disabled={sending || !connected} onClick={() => void record()}>
              I have read and understood it
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
