import { surfaceLabels, type SurfaceId } from "#contract/identity";
import type { SurfaceView } from "#contract/view";
import { useConsole, useSurface } from "../../state/console-store";
import { displayStatus } from "../../state/display-status";
import { GateBadge } from "../../ui/GateBadge";
import { Provenance, useHeld } from "../../ui/Provenance";
import { Skeleton } from "../../ui/Skeleton";
import { StatusWord } from "../../ui/StatusGlyph";
import { classNames } from "../../ui/class-names";
import { DriverButtons } from "../driver/DriverButtons";

function Situation(props: { readonly view: SurfaceView }) {
  const { reading } = props.view;
  const connected = useConsole((state) => state.connection === "connected");
  const held = useHeld(reading.freshness);
  const status = displayStatus(reading);
  const sourceProblem = reading.freshness.detail;
  return (
    <>
      <GateBadge gate={reading.gate} status={status} held={!connected} />
      <StatusWord status={connected ? status : "stale"} />
      <p
        className={classNames("min-w-0 flex-1 truncate", held ? "text-stale" : "text-muted")}
        title={sourceProblem === "" ? reading.healthReason : sourceProblem}
      >
        {sourceProblem === "" ? reading.healthReason : sourceProblem}
      </p>
    </>
  );
}

/** Name, gate, state, reason and freshness of a surface, over every tab. */
export function SurfaceHeader(props: { readonly surface: SurfaceId }) {
  const view = useSurface(props.surface);
  return (
    <header className="flex shrink-0 flex-col gap-0.5 border-b border-line bg-panel px-4 pt-2 pb-1.5">
      <div className="flex h-7 min-w-0 items-center gap-3">
        <h1 className="text-title font-semibold whitespace-nowrap">{surfaceLabels[props.surface]}</h1>
        {view === undefined ? <Skeleton className="w-72" /> : <Situation view={view} />}
        {view !== undefined && <DriverButtons view={view} />}
      </div>
      <div className="flex h-5 min-w-0 items-center gap-6">
        {view !== undefined && (
          <>
            <Provenance freshness={view.reading.freshness} />
            <Provenance freshness={view.reading.log.freshness} />
          </>
        )}
      </div>
    </header>
  );
}
