import { memo } from "react";
import type { RolloutSummary } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { formatDuration } from "../../../format/duration";
import { formatCounted } from "../../../format/number";
import { formatTimestamp } from "../../../format/time";
import { durationKinds, totalMs } from "../../../state/durations";
import { summaryStanding } from "../../../state/rollout-standing";
import { DurationsBar } from "../../../ui/DurationsBar";
import { ListRow, type RowPlace } from "../../../ui/ListRow";
import { RehearsalMark } from "../../../ui/RehearsalMark";
import { StandingWord } from "../../../ui/StandingMark";

/** Height of a row in pixels: two lines. */
export const rowHeight = 46;

/** Places of the columns, for rows and titles alike. */
export const columns =
  "grid grid-cols-[minmax(182px,1.3fr)_minmax(100px,1fr)_minmax(106px,1fr)_minmax(134px,0.9fr)_minmax(134px,0.9fr)_minmax(224px,1.5fr)_minmax(72px,0.6fr)] items-center gap-x-3 px-3";

function Moment(props: { readonly unixMs: number | null }) {
  return (
    <span className="figure block truncate">
      {props.unixMs === null ? "–" : formatTimestamp(props.unixMs).slice(0, 16)}
    </span>
  );
}

function Cells(props: { readonly summary: RolloutSummary }) {
  const { summary } = props;
  return (
    <>
      <span role="gridcell" className="min-w-0">
        <StandingWord standing={summaryStanding(summary)} />
        <span className="block truncate text-small text-muted">
          {summary.problem === "" ? `${phaseLabels[summary.phase]}, ${summary.percent} %` : summary.problem}
        </span>
      </span>
      <span role="gridcell" className="min-w-0">
        <span className="block truncate font-medium">{summary.candidate.version}</span>
        <span className="figure block truncate text-small text-faint">
          {summary.candidate.commit.slice(0, 12)}
        </span>
      </span>
      <span role="gridcell" className="min-w-0">
        <span className="block truncate">{summary.profileId}</span>
        <span className="flex h-5 items-center">{summary.rehearsal && <RehearsalMark />}</span>
      </span>
      <span role="gridcell" className="min-w-0">
        <Moment unixMs={summary.startedUnixMs} />
        <span className="block truncate text-small text-muted">by {summary.startedBy}</span>
      </span>
      <span role="gridcell" className="min-w-0">
        <Moment unixMs={summary.endedUnixMs} />
        <span className="block truncate text-small text-muted">
          {summary.endedUnixMs === null ? "not ended" : `after ${formatDuration(totalMs(summary.durations))}`}
        </span>
      </span>
      <span role="gridcell" className="min-w-0">
        <span className="flex h-5 items-center">
          <DurationsBar durations={summary.durations} />
        </span>
        <span className="figure flex justify-between gap-1 text-small text-muted">
          {durationKinds.map(({ key, word }) => (
            <span
              key={key}
              className="whitespace-nowrap"
              title={`${word} ${formatDuration(summary.durations[key])}`}
            >
              <span className="sr-only">{word} </span>
              {formatDuration(summary.durations[key])}
            </span>
          ))}
        </span>
      </span>
      <span role="gridcell" className="min-w-0">
        <span className="figure block truncate font-medium text-failing">
          {summary.triggers.length === 0 ? (
            <span className="font-normal text-faint">none</span>
          ) : (
            summary.triggers.join(" ")
          )}
        </span>
        <span className="block truncate text-small text-muted">{formatCounted(summary.checks, "check")}</span>
      </span>
    </>
  );
}

/** One rollout of the history, at its place. */
export const HistoryRow = memo(function HistoryRow(props: RowPlace & { readonly summary: RolloutSummary }) {
  return (
    <ListRow list="rollout" place={props} headRows={1} height={rowHeight} className={columns}>
      <Cells summary={props.summary} />
    </ListRow>
  );
});
