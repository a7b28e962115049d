import type { CycleFigures as Cycle, EventLogView } from "#contract/reading";
import { formatCount } from "../../format/number";
import { formatTimestamp } from "../../format/time";
import { Figure, FigureLine } from "../../ui/Figure";
import { EmptyState } from "../../ui/Notice";

const terms = [
  ["discovered", "Discovered"],
  ["queued", "Queued"],
  ["applied", "Applied"],
  ["malformed", "Malformed"],
  ["duplicates", "Duplicates"],
  ["failed", "Failed"],
  ["retries", "Retries"],
  ["retryableFailures", "Retryable failures"],
  ["backlog", "Backlog"],
  ["failureStreak", "Failure streak"],
] as const satisfies readonly (readonly [keyof Cycle, string])[];

/** `command_run_count` reads as `Command run count`. */
function termOf(counter: string): string {
  const words = counter.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Every counter of the last valid record of the log, the surface's own ones included. */
export function CycleFigures(props: { readonly log: EventLogView }) {
  const { lastCycle: cycle, lastCycleRecord } = props.log;
  if (cycle === null)
    return (
      <EmptyState title="No cycle logged">
        <p>A cycle appears here when a valid record stands in {props.log.freshness.path}.</p>
      </EmptyState>
    );
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-6 px-3">
        {terms.map(([key, term]) => (
          <FigureLine key={key} term={term}>
            <Figure
              value={cycle[key]}
              {...(key === "failed" && cycle.failed > 0 ? { tone: "failing" } : {})}
            />
          </FigureLine>
        ))}
        {Object.entries(cycle.extra).map(([counter, value]) => (
          <FigureLine key={counter} term={<span title={counter}>{termOf(counter)}</span>}>
            <Figure value={value} />
          </FigureLine>
        ))}
      </dl>
      <p className="figure border-t border-line px-3 py-1 text-small text-faint">
        {formatTimestamp(cycle.timestampUnixMs)} UTC
        {lastCycleRecord?.line != null && `, line ${formatCount(lastCycleRecord.line)}`}
      </p>
    </>
  );
}
