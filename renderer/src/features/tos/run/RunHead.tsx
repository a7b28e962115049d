import type { TosRunView } from "#contract/tos/progress";
import { formatDuration } from "../../../format/duration";
import { runStanding, tosGuidance, tosTone } from "../../../state/tos-standing";
import { Age, Elapsed } from "../../../ui/Age";
import { classNames } from "../../../ui/class-names";
import { operationWords } from "../operation-words";
import { TosWord, tosToneWash } from "../TosMark";
import { FileAge } from "../FileAge";

function Times(props: { readonly run: TosRunView }) {
  const { endedUnixMs, startedUnixMs, state } = props.run;
  if (state === "running" || state === "cancelling")
    return (
      <>
        for <Elapsed sinceUnixMs={startedUnixMs} />
      </>
    );
  if (endedUnixMs === null)
    return (
      <>
        begun <Age unixMs={startedUnixMs} />
      </>
    );
  return (
    <>
      ended <Age unixMs={endedUnixMs} /> after{" "}
      <span className="tabular-nums">{formatDuration(endedUnixMs - startedUnixMs)}</span>
    </>
  );
}

/** What one run was or is: how it stands, who wanted it, from where and why, and how it ended. */
export function RunHead(props: { readonly run: TosRunView; readonly lastHeardUnixMs: number | null }) {
  const { run } = props;
  const standing = runStanding(run);
  const underWay = run.state === "running" || run.state === "cancelling";
  return (
    <div className="flex shrink-0 flex-col gap-1 border-b border-line px-3 py-1.5">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <TosWord standing={standing} />
        <span className="font-medium">
          {operationWords[run.operation].label}
          {run.clean && run.operation !== "cleanrun" && ", cleaned first"}
          {run.subject !== "" && <span className="figure pl-1.5 font-normal break-all">{run.subject}</span>}
        </span>
        <span className="text-muted">
          <Times run={run} />
        </span>
        {run.exitCode !== null && (
          <span className="text-muted">
            exit code <span className="figure text-ink">{run.exitCode}</span>
          </span>
        )}
        <FileAge path={run.path} modifiedUnixMs={props.lastHeardUnixMs} />
      </p>
      <p className="text-small break-words text-faint">
        by <span className="text-muted">{run.operator === "" ? "not known" : run.operator}</span>, from the{" "}
        {run.from}
        {run.reason !== "" && (
          <>
            : <q className="text-muted">{run.reason}</q>
          </>
        )}
        {run.acknowledgements.length > 0 && " · in spite of "}
        {run.acknowledgements.map(({ reason, rule }, index) => (
          <span key={rule}>
            {index > 0 && ", "}
            <span className="figure text-degraded">{rule}</span>
            {reason !== run.reason && (
              <>
                : <q>{reason}</q>
              </>
            )}
          </span>
        ))}
      </p>
      {underWay ? (
        <p className="font-medium break-words" aria-live="polite" data-testid="doing">
          {run.doing === "" ? "Starting" : run.doing}
        </p>
      ) : (
        <div
          className={classNames("border px-2 py-1", tosToneWash[tosTone(standing)])}
          data-testid="end-of-run"
        >
          {run.endReason !== "" && standing !== "vanished" && (
            <p className="scroll-region max-h-15 font-medium break-words" tabIndex={0}>
              {run.endReason}
            </p>
          )}
          <p className="text-small text-muted">{tosGuidance[standing]}</p>
        </div>
      )}
    </div>
  );
}
