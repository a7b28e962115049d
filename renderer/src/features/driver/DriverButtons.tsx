import { CircleStop, Play, SquarePlay, X } from "lucide-react";
import { useState } from "react";
import type { SurfaceView } from "#contract/view";
import { useConsole } from "../../state/console-store";
import { Button } from "../../ui/Button";
import { startSchedule, runCycle } from "./driver-actions";
import { EndDialog, type Ending } from "./EndDialog";

/** What can be done with the driver now: run a cycle, start or stop the schedule, cancel the run under way. */
export function DriverButtons(props: { readonly view: SurfaceView; readonly fixture?: string }) {
  const { driver, reading } = props.view;
  const { surface } = reading;
  const connected = useConsole((state) => state.connection === "connected");
  const [ending, setEnding] = useState<Ending | null>(null);
  if (driver.kind === "observe")
    return <span className="shrink-0 text-small text-faint">Observed: another process runs it</span>;
  return (
    <span className="flex shrink-0 items-center gap-1.5">
      {driver.current === null ? (
        <Button className="w-38" disabled={!connected} onClick={() => void runCycle(surface, props.fixture)}>
          <Play size={13} aria-hidden />
          Run a cycle now
        </Button>
      ) : (
        <Button className="w-38" disabled={!connected} onClick={() => setEnding("cancel")}>
          <X size={13} aria-hidden />
          Cancel the run
        </Button>
      )}
      {driver.state === "stopped" ? (
        <Button className="w-34" disabled={!connected} onClick={() => void startSchedule(surface)}>
          <SquarePlay size={13} aria-hidden />
          Start schedule
        </Button>
      ) : (
        <Button className="w-34" disabled={!connected} onClick={() => setEnding("stop")}>
          <CircleStop size={13} aria-hidden />
          Stop schedule
        </Button>
      )}
      <EndDialog view={props.view} ending={ending} onClose={() => setEnding(null)} />
    </span>
  );
}
