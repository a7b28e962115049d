import { lazy, Suspense } from "react";
import type { SurfaceView } from "#contract/view";
import { Failsafe } from "../../ui/Failsafe";
import { Section } from "../../ui/Section";
import { Provenance, useHeld } from "../../ui/Provenance";
import { HoldList } from "../holds/HoldList";
import { CycleFigures } from "./CycleFigures";
import { HealthFigures } from "./HealthFigures";
import { ReasonCodes } from "./ReasonCodes";

// The charts' library is the largest part of the build; the first paint must not wait for it.
const HealthHistory = lazy(async () => ({ default: (await import("./HealthHistory")).HealthHistory }));

/** Why it holds, its figures, its health over time and its reason codes. */
export function HealthTab(props: { readonly view: SurfaceView }) {
  const { view } = props;
  const { log, freshness } = view.reading;
  const logHeld = useHeld(log.freshness);
  const stateHeld = useHeld(freshness);
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(340px,2fr)_minmax(0,3fr)] py-2 pl-2">
      <div className="scroll-region flex min-h-0 flex-col gap-2">
        <Section title="Holds" className="min-h-48 flex-1" bodyClassName="scroll-region">
          <HoldList view={view} />
        </Section>
        <Section
          title="State"
          aside={<Provenance freshness={freshness} />}
          held={stateHeld}
          className="shrink-0"
        >
          <HealthFigures view={view} />
        </Section>
        <Section
          title="Last logged cycle"
          aside={<Provenance freshness={log.freshness} label="Log" />}
          held={logHeld}
          className="shrink-0"
        >
          <CycleFigures log={log} />
        </Section>
      </div>
      <div className="scroll-region flex min-h-0 flex-col gap-2">
        <Section
          title="Health over time"
          aside={<Provenance freshness={log.freshness} label="Log" />}
          held={logHeld}
          className="shrink-0"
        >
          <Failsafe part="The chart">
            <Suspense fallback={<div className="h-77" role="status" aria-label="Loading the chart" />}>
              <HealthHistory view={view} />
            </Suspense>
          </Failsafe>
        </Section>
        <Section
          title="Reason codes"
          aside={<Provenance freshness={log.freshness} label="Log" />}
          held={logHeld}
          className="min-h-48 flex-1"
          bodyClassName="scroll-region"
        >
          <ReasonCodes view={view} />
        </Section>
      </div>
    </div>
  );
}
