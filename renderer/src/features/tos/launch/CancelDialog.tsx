import type { TosRunView } from "#contract/tos/progress";
import { hostClient } from "../../../state/console-store";
import { Elapsed } from "../../../ui/Age";
import { announceDone } from "../../../ui/notices";
import { ReasonDialog } from "../../../ui/ReasonDialog";
import { useAskedOperation } from "../asked-operation";
import { operationWords } from "../operation-words";

async function cancelRun(run: TosRunView, reason: string): Promise<void> {
  await hostClient().request("tos.cancel", { runId: run.runId, reason });
  announceDone(`${operationWords[run.operation].label} asked to end`, reason);
}

/** Asks why the run under way is to end, after saying what that does. Nothing without a run under way. */
export function CancelDialog(props: { readonly run: TosRunView | null }) {
  const { asked, close } = useAskedOperation();
  const { run } = props;
  if (run === null || asked?.operation !== "cancel") return null;
  return (
    <ReasonDialog
      open
      title={operationWords.cancel.title}
      effects={[
        <>
          The {operationWords[run.operation].label.toLowerCase()} under way (
          <span className="figure">{run.runId}</span>, begun <Elapsed sinceUnixMs={run.startedUnixMs} /> ago)
          is asked to end. A command that runs is ended with everything it started.
        </>,
        "A step whose commands had begun is logged as stopped, with what they had printed; a step that had not come to its commands leaves no log, and the next run does it again.",
        "What was already executed stays as it is. phase_summary.json says that it was cancelled, and why.",
      ]}
      action="Cancel the run"
      onClose={close}
      onConfirm={(reason) => cancelRun(run, reason)}
    />
  );
}
