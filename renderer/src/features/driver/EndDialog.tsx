import type { ReactNode } from "react";
import { surfaceLabels } from "#contract/identity";
import type { SurfaceView } from "#contract/view";
import { Elapsed } from "../../ui/Age";
import { ReasonDialog } from "../../ui/ReasonDialog";
import { cancelRun, stopSchedule } from "./driver-actions";

/** What an operator may end: the schedule (and with it the run under way), or only that run. */
export type Ending = "stop" | "cancel";

function endOfRun(view: SurfaceView): ReactNode[] {
  const { current } = view.driver;
  if (current === null) return [];
  return [
    <>
      The run under way (<span className="figure">{current.runId}</span>, begun{" "}
      <Elapsed sinceUnixMs={current.startedUnixMs} /> ago) is asked to end, and killed after 2 seconds. What
      its cycle had not yet written is not written.
    </>,
  ];
}

/** The exact effects of an ending, as the driver carries it out. */
function effectsOf(view: SurfaceView, ending: Ending): ReactNode[] {
  const label = surfaceLabels[view.reading.surface];
  if (ending === "cancel")
    return [
      ...endOfRun(view),
      view.driver.state === "stopped"
        ? "No other run is planned."
        : "The schedule goes on as it is: if it is started, the next cycle begins when it is due.",
    ];
  return [
    `No cycle of ${label} begins by itself any more, also after the console was closed and opened again, until someone starts the schedule.`,
    ...endOfRun(view),
    "Files already written stay as they are. The figures hold, and become stale when their time has passed: the gate then holds.",
  ];
}

/** Asks for the reason of an ending, saying what it does. */
export function EndDialog(props: {
  readonly view: SurfaceView;
  readonly ending: Ending | null;
  readonly onClose: () => void;
}) {
  const { ending, view } = props;
  const { surface } = view.reading;
  const cancelling = ending === "cancel";
  return (
    <ReasonDialog
      open={ending !== null}
      title={
        cancelling
          ? `Cancel the run of ${surfaceLabels[surface]}`
          : `Stop the schedule of ${surfaceLabels[surface]}`
      }
      effects={ending === null ? [] : effectsOf(view, ending)}
      action={cancelling ? "Cancel the run" : "Stop the schedule"}
      onClose={props.onClose}
      onConfirm={(reason) => (cancelling ? cancelRun(surface, reason) : stopSchedule(surface, reason))}
    />
  );
}
