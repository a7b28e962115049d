import type { HealthSnapshot } from "#contract/health";
import type { SurfaceView } from "#contract/view";
import { formatDuration } from "../../format/duration";
import { Figure, FigureLine } from "../../ui/Figure";
import { EmptyState } from "../../ui/Notice";

const terms: readonly (readonly [keyof HealthSnapshot, string])[] = [
  ["failure_streak", "Failure streak, cycles"],
  ["last_cycle_discovered", "Discovered"],
  ["last_cycle_processed", "Processed"],
  ["last_cycle_completed", "Completed"],
  ["last_cycle_failed", "Failed"],
  ["last_cycle_duplicates", "Duplicates"],
  ["active_runs", "Active runs"],
];

function toneOf(key: keyof HealthSnapshot, value: number): "degraded" | "failing" | undefined {
  if (value === 0) return undefined;
  if (key === "failure_streak") return value >= 3 ? "failing" : "degraded";
  return key === "last_cycle_failed" ? "failing" : undefined;
}

/** The figures of `state.json`; the last ones read when it can no longer be read. */
export function HealthFigures(props: { readonly view: SurfaceView }) {
  const { health, processedCaseCount, freshness } = props.view.reading;
  if (health === null)
    return (
      <EmptyState
        title={freshness.status === "unreadable" ? "The state file cannot be read" : "No state file yet"}
      >
        <p>{freshness.detail === "" ? `${freshness.path} has not been seen.` : freshness.detail}</p>
      </EmptyState>
    );
  return (
    <dl className="grid grid-cols-2 gap-x-6 px-3">
      {terms.map(([key, term]) => {
        const tone = toneOf(key, health[key]);
        return (
          <FigureLine key={key} term={term}>
            <Figure value={health[key]} {...(tone === undefined ? {} : { tone })} />
          </FigureLine>
        );
      })}
      <FigureLine term="Cycle duration">
        <span className="figure">{formatDuration(health.cycle_duration_ms)}</span>
      </FigureLine>
      <FigureLine term="Backlog left out of the last cycle" wide>
        <Figure value={health.queue_depth} />
      </FigureLine>
      <FigureLine term="Processed cases kept in the state, of all cycles" wide>
        <Figure value={processedCaseCount} />
      </FigureLine>
    </dl>
  );
}
