import { useSurfaces, useReady } from "../../state/console-store";
import { OverviewTable } from "./OverviewTable";
import { RolloutOverview } from "./RolloutOverview";
import { SummaryLine } from "./SummaryLine";
import { TosOverview } from "./TosOverview";
import { Situation } from "./Situation";

/** The five surfaces at a glance: who passes, who holds, and why. */
export function OverviewPage() {
  const views = useSurfaces();
  const ready = useReady();
  return (
    <div className="scroll-region flex min-h-0 flex-1 flex-col gap-2 px-3 py-2">
      <h1 className="sr-only">Overview</h1>
      <SummaryLine views={views} ready={ready} />
      <div className="flex shrink-0 gap-2">
        <RolloutOverview ready={ready} />
        <TosOverview ready={ready} />
      </div>
      <div className="shrink-0">
        <OverviewTable views={views} />
      </div>
      <Situation views={views} />
    </div>
  );
}
