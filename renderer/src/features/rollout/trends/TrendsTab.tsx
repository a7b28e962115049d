import { useState } from "react";
import { surfaceIds, surfaceLabels } from "#contract/identity";
import type { RolloutView } from "#contract/rollout/view";
import { formatCount, formatCounted } from "../../../format/number";
import { useConsole } from "../../../state/console-store";
import { useRequest } from "../../../state/use-request";
import { useThrottled } from "../../../state/use-throttled";
import { Age } from "../../../ui/Age";
import { Button } from "../../../ui/Button";
import { classNames } from "../../../ui/class-names";
import { EmptyState, ErrorNotice } from "../../../ui/Notice";
import { Picker } from "../../../ui/Picker";
import { SkeletonLines } from "../../../ui/Skeleton";
import { surfaceSteps } from "./trend-steps";
import { TrendGrid } from "./TrendGrid";
import { TrendTable } from "./TrendTable";

/** Steps asked for: one per two pixels of a small chart at 1280. */
const maximumPoints = 90;
const refreshMs = 1_000;
const surfaces = surfaceIds.map((value) => ({ value, label: surfaceLabels[value] }));

/** Every surface against the baseline of its phase, check by check; the same as a table. */
export function TrendsTab(props: { readonly view: RolloutView }) {
  const { view } = props;
  const [shown, setShown] = useState<"charts" | "table">("charts");
  const [surface, setSurface] = useState<(typeof surfaceIds)[number]>("voice");
  const connected = useConsole((state) => state.connection === "connected");
  const revision = useThrottled(view.checks, refreshMs);
  const { ask, error, value } = useRequest(
    "rollout.trends",
    { rolloutId: view.rolloutId, maximumPoints },
    revision,
  );
  const points = value?.points ?? [];
  return (
    <div className={classNames("flex min-h-0 flex-1 flex-col", !connected && "held")}>
      <div className="flex h-8 shrink-0 items-center gap-3 border-b border-line bg-panel px-3">
        <p className="min-w-0 flex-1 truncate text-small text-muted" title={view.journal.path}>
          {value !== null && points.length > 0 && (
            <>
              {formatCounted(value.checks, "check")} in {formatCount(points.length)} steps, the worst of each
              figure; errors and retries count from the entry of their phase. From{" "}
              <span className="figure">{view.journal.path}</span>, newest{" "}
              <Age unixMs={points.at(-1)?.unixMs ?? null} />
            </>
          )}
        </p>
        {shown === "table" && (
          <Picker
            label="Surface"
            value={surface}
            choices={surfaces}
            onChange={(chosen) => setSurface(surfaceIds.find((known) => known === chosen) ?? "voice")}
            className="w-44"
          />
        )}
        <Button look="quiet" size="small" onClick={() => setShown(shown === "charts" ? "table" : "charts")}>
          {shown === "charts" ? "Show as table" : "Show as charts"}
        </Button>
      </div>
      {error !== null && <ErrorNotice error={error} className="m-2" onRetry={ask} />}
      {value === null && error === null && <SkeletonLines lines={10} />}
      {value !== null && points.length === 0 && (
        <EmptyState title="No check yet">
          <p>The trends begin with the first check of the rollout.</p>
        </EmptyState>
      )}
      {points.length > 0 &&
        (shown === "charts" ? (
          <div className="scroll-region flex min-h-0 flex-1 flex-col">
            <TrendGrid points={points} />
          </div>
        ) : (
          <TrendTable surface={surface} steps={surfaceSteps(points, surface)} />
        ))}
    </div>
  );
}
