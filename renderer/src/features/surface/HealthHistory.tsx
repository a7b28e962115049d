import { useState } from "react";
import type { SurfaceView } from "#contract/view";
import { formatCount } from "../../format/number";
import { useRequest } from "../../state/use-request";
import { useThrottled } from "../../state/use-throttled";
import { Button } from "../../ui/Button";
import { EmptyState, ErrorNotice } from "../../ui/Notice";
import { CasesChart } from "./charts/CasesChart";
import { HistoryTable } from "./charts/HistoryTable";
import { StateBand } from "./charts/StateBand";
import { StreakChart } from "./charts/StreakChart";

/** Buckets asked for: about one per five pixels of the chart at 1280. */
const maximumPoints = 120;
const refreshMs = 1_000;

/** Health over time: state band, failure streak, cases per bucket; the same as a table for who cannot see charts. */
export function HealthHistory(props: { readonly view: SurfaceView }) {
  const { log, surface } = props.view.reading;
  const [shown, setShown] = useState<"charts" | "table">("charts");
  const revision = useThrottled(`${log.generation}:${log.lines}`, refreshMs);
  const { error, value } = useRequest("surface.history", { surface, maximumPoints }, revision);
  if (error !== null && value === null) return <ErrorNotice error={error} className="m-2" />;
  const points = value?.points ?? [];
  return (
    <div className="flex h-77 flex-col">
      <div className="flex h-8 shrink-0 items-center justify-between px-3">
        <p className="text-small text-muted">
          {points.length === 0
            ? "\u00a0"
            : `${formatCount(points.reduce((count, point) => count + point.cycles, 0))} cycles in ${points.length} steps, worst state and highest figures of each`}
        </p>
        <Button look="quiet" size="small" onClick={() => setShown(shown === "charts" ? "table" : "charts")}>
          {shown === "charts" ? "Show as table" : "Show as charts"}
        </Button>
      </div>
      {value !== null && points.length === 0 ? (
        <EmptyState title="No cycles yet">
          <p>The chart begins with the first valid record of {log.freshness.path}.</p>
        </EmptyState>
      ) : shown === "table" ? (
        <HistoryTable points={points} />
      ) : (
        <div className="charts flex min-h-0 flex-1 flex-col px-1">
          <StateBand points={points} />
          <StreakChart points={points} />
          <CasesChart points={points} />
        </div>
      )}
    </div>
  );
}
