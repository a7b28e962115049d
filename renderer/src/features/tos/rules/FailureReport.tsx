import { Copy, RotateCw } from "lucide-react";
import { useRef, useState } from "react";
import { useRequest } from "../../../state/use-request";
import { Button } from "../../../ui/Button";
import { Modal } from "../../../ui/Modal";
import { ErrorNotice } from "../../../ui/Notice";
import { announceDone, announceFailure } from "../../../ui/notices";
import { SkeletonLines } from "../../../ui/Skeleton";

/**
 * Copies the text of a field. It is selected in any case, so that it can be copied by hand. The window denies its pages
 * every permission, that of the newer way to the clipboard too; what the operator selected needs none.
 */
function copyAll(field: HTMLTextAreaElement): void {
  field.focus();
  field.select();
  // oxlint-disable-next-line typescript/no-deprecated -- see above
  if (document.execCommand("copy")) announceDone("Copied", "The failure report is in the clipboard.");
  else
    announceFailure("It could not be copied", new Error("The text is selected: copy it with Control and C."));
}

function Report() {
  const field = useRef<HTMLTextAreaElement>(null);
  const { ask, asking, error, value } = useRequest("tos.failureReport", {});
  return (
    <div className="flex max-h-[calc(86vh-4.5rem)] flex-col">
      {error !== null && <ErrorNotice error={error} className="m-2" onRetry={ask} />}
      {value === null && error === null && <SkeletonLines lines={8} />}
      {value !== null && (
        <textarea
          ref={field}
          readOnly
          aria-label="Failure report"
          value={value.text}
          className="figure h-[56vh] min-h-0 resize-none bg-panel px-4 py-2 text-small"
        />
      )}
      <div className="flex shrink-0 items-center gap-2 border-t border-line px-4 py-2">
        <p className="min-w-0 flex-1 text-small text-muted">
          Filled in as far as the files tell. What a person knows is left open: symptom, steps, what was
          tried.
        </p>
        <Button look="quiet" disabled={asking} onClick={ask}>
          <RotateCw size={13} aria-hidden />
          Fill in again
        </Button>
        <Button
          look="primary"
          disabled={value === null}
          onClick={() => field.current !== null && copyAll(field.current)}
        >
          <Copy size={13} aria-hidden />
          Copy
        </Button>
      </div>
    </div>
  );
}

/** A button, and behind it the failure report of the documents (spec/tos/governance.md §7). */
export function FailureReport() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Failure report…
      </Button>
      <Modal open={open} onClose={() => setOpen(false)} title="Failure report" className="max-w-210">
        <Report />
      </Modal>
    </>
  );
}
