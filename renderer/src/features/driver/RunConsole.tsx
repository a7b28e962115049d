import { useEffect } from "react";
import type { RunView } from "#contract/driver";
import type { SurfaceView } from "#contract/view";
import { formatDuration } from "../../format/duration";
import { formatBytes, formatCounted } from "../../format/number";
import { hostClient, useConsole } from "../../state/console-store";
import { mergeOutput } from "../../state/output-lines";
import { Elapsed, Age } from "../../ui/Age";
import { EmptyState, Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";
import { OutputLines } from "./OutputLines";
import { RunOutcome } from "./RunOutcome";

/** Fetches what a run printed before this window listened; what comes later is announced. */
function useKnownOutput(run: RunView | null): readonly Parameters<typeof mergeOutput>[0][number][] {
  const surface = run?.surface;
  const runId = run?.runId;
  useEffect(() => {
    if (surface === undefined || runId === undefined) return;
    let overtaken = false;
    hostClient()
      .request("driver.output", { surface, runId })
      .then((answer) => {
        if (overtaken) return;
        useConsole.setState((state) => {
          const known = state.outputs[surface];
          const lines = mergeOutput(known?.runId === runId ? known.lines : [], answer.lines);
          return { outputs: { ...state.outputs, [surface]: { runId, lines } } };
        });
      })
      // A run that is no longer kept has no output to show; its outcome and exit code still stand above.
      .catch(() => undefined);
    return () => {
      overtaken = true;
    };
  }, [surface, runId]);
  const output = useConsole((state) => (surface === undefined ? undefined : state.outputs[surface]));
  return output?.runId === runId ? (output?.lines ?? []) : [];
}

function RunHead(props: { readonly run: RunView; readonly printed: number }) {
  const { run } = props;
  return (
    <div className="flex shrink-0 flex-col gap-0.5 border-b border-line px-3 py-1.5">
      <p className="flex flex-wrap items-center gap-x-4">
        <RunOutcome run={run} />
        <span className="text-muted">
          {run.finishedUnixMs === null ? (
            <>
              running for <Elapsed sinceUnixMs={run.startedUnixMs} />
            </>
          ) : (
            <>
              ended <Age unixMs={run.finishedUnixMs} />
              {run.durationMs !== null && (
                <>
                  {" "}
                  after <span className="tabular-nums">{formatDuration(run.durationMs)}</span>
                </>
              )}
            </>
          )}
        </span>
        <span className="text-muted">
          {run.trigger === "operator" ? "asked for by an operator" : "by schedule"}
        </span>
        <span className="text-muted">
          {formatCounted(Math.max(run.outputLines, props.printed), "line")} of output
        </span>
      </p>
      {run.detail !== "" && <p className="break-words">{run.detail}</p>}
      <code className="figure line-clamp-2 text-small break-all text-faint" title={run.commandLine}>
        {run.commandLine}
      </code>
    </div>
  );
}

/** The run under way, or the last one: outcome, exit code, command line, and what it printed as it prints it. */
export function RunConsole(props: { readonly view: SurfaceView }) {
  const { driver } = props.view;
  const run = driver.current ?? driver.last;
  const lines = useKnownOutput(run);
  return (
    <Section title={driver.current === null ? "Last run" : "Run under way"} bodyClassName="flex flex-col">
      {run === null ? (
        <EmptyState title={driver.kind === "observe" ? "Nothing is run here" : "No run yet"}>
          <p>
            {driver.kind === "observe"
              ? "This surface is observed: another process runs its cycles."
              : "What the next cycle prints appears here as it is printed."}
          </p>
        </EmptyState>
      ) : (
        <>
          <RunHead run={run} printed={lines.at(-1)?.number ?? 0} />
          {run.droppedBytes > 0 && (
            <Notice
              tone="degraded"
              className="border-x-0 border-t-0"
              title={`${formatBytes(run.droppedBytes)} of its output were dropped: it printed more than is kept.`}
            />
          )}
          <OutputLines lines={lines} running={run.finishedUnixMs === null} />
        </>
      )}
    </Section>
  );
}
