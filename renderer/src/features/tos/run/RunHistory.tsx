import type { TosRunView } from "#contract/tos/progress";
import { formatDuration } from "../../../format/duration";
import { runStanding } from "../../../state/tos-standing";
import { formatRoute, tosRoute } from "../../../state/route";
import { Age } from "../../../ui/Age";
import { classNames } from "../../../ui/class-names";
import { EmptyState } from "../../../ui/Notice";
import { Section } from "../../../ui/Section";
import { operationWords } from "../operation-words";
import { TosWord } from "../TosMark";

function HistoryEntry(props: { readonly run: TosRunView; readonly shown: boolean }) {
  const { run } = props;
  const why = [run.endReason, run.reason].filter((text) => text !== "").join(" · ");
  return (
    <li className="border-b border-line last:border-b-0">
      <a
        href={formatRoute(tosRoute("run", { runId: run.runId }))}
        aria-current={props.shown ? "true" : undefined}
        className={classNames(
          "block border-l-2 py-0.5 pr-3 pl-2.5 hover:bg-hover",
          props.shown ? "border-accent bg-accent-wash" : "border-transparent",
        )}
        data-run={run.runId}
      >
        <span className="flex items-baseline gap-2 whitespace-nowrap">
          <span className="min-w-0 flex-1 truncate font-medium">
            {operationWords[run.operation].label}
            {run.subject !== "" && (
              <span className="figure pl-1.5 text-small font-normal text-muted">{run.subject}</span>
            )}
          </span>
          <TosWord standing={runStanding(run)} className="text-small" />
        </span>
        <span className="flex gap-2 text-small whitespace-nowrap text-faint">
          <span className="shrink-0">
            <Age unixMs={run.startedUnixMs} />
            {run.endedUnixMs !== null && `, ${formatDuration(run.endedUnixMs - run.startedUnixMs)}`}
          </span>
          <span className="max-w-40 truncate">
            {run.operator === "" ? "not known" : run.operator}, {run.from}
          </span>
          <span className="min-w-0 flex-1 truncate text-right text-muted" title={why}>
            {why}
          </span>
        </span>
      </a>
    </li>
  );
}

/** The runs that ended, newest first: who wanted each, from where and why, and how it ended. */
export function RunHistory(props: { readonly runs: readonly TosRunView[]; readonly shownId: string | null }) {
  const { runs } = props;
  return (
    <Section
      title="Runs"
      aside={
        <span className="text-small text-faint">newest first{runs.length === 20 && ", the last 20"}</span>
      }
      className="min-h-70 flex-1"
      bodyClassName="flex flex-col"
    >
      {runs.length === 0 ? (
        <EmptyState title="No run has ended yet" />
      ) : (
        <ul aria-label="Runs that ended" tabIndex={0} className="scroll-region min-h-0 flex-1">
          {runs.map((run) => (
            <HistoryEntry key={run.runId} run={run} shown={run.runId === props.shownId} />
          ))}
        </ul>
      )}
    </Section>
  );
}
