import { ChevronDown, ChevronRight } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import type { TosView } from "#contract/tos/view";
import type { TosOperation } from "#contract/tos/vocabulary";
import { useHostNow } from "../../../state/clock";
import { runsOrchestrator, runStanding } from "../../../state/tos-standing";
import { useThrottled } from "../../../state/use-throttled";
import { Age, Elapsed } from "../../../ui/Age";
import { Button } from "../../../ui/Button";
import { LogLines } from "../../../ui/LogLines";
import { ErrorNotice } from "../../../ui/Notice";
import { operationWords } from "../operation-words";
import { logRows } from "../run/log-rows";
import { useRunProgress } from "../run/use-run-progress";
import { TosWord } from "../TosMark";

const lineHeight = 18;
/** Lines in sight at most. */
const shownLines = 9;
/** Longest time a line waits to be drawn while many come, milliseconds. */
const drawEveryMs = 100;

/** Operations that move the branch: what was done to it stays in sight for a while. */
const moves: readonly TosOperation[] = ["rollback", "undo", "finish"];

const freshMs = 10 * 60_000;

function Output(props: { readonly runId: string; readonly running: boolean }) {
  const { entries, error } = useRunProgress(props.runId);
  const shown = useThrottled(entries, drawEveryMs);
  const rows = useMemo(() => logRows(shown), [shown]);
  const lineAt = useCallback((index: number) => rows[index], [rows]);
  return (
    <>
      {error !== null && <ErrorNotice error={error} className="m-2" />}
      <div
        className="flex flex-col border-t border-line"
        // While it runs the room is kept, so that nothing moves with each line.
        style={{ height: lineHeight * (props.running ? shownLines : Math.min(shownLines, rows.length + 1)) }}
      >
        <LogLines
          label="What the operation says"
          count={rows.length}
          lineAt={lineAt}
          empty={props.running ? "Nothing said yet." : "It said nothing."}
          tagWidth={6}
        />
      </div>
    </>
  );
}

/**
 * The newest operation on the repository: how it stands, and its git and test lines as they come. Open while it runs,
 * when it went wrong, and for a while after the branch was moved; folded to one line otherwise. Nothing where a plain
 * run is newer.
 */
export function OperationOutput(props: { readonly view: TosView }) {
  const run = props.view.run ?? props.view.runs[0];
  const now = useHostNow();
  const [choice, setChoice] = useState<{ readonly runId: string; readonly open: boolean } | null>(null);
  if (run === undefined || runsOrchestrator(run.operation)) return null;
  const running = run.state === "running" || run.state === "cancelling";
  const chosen = choice?.runId === run.runId ? choice.open : null;
  const ended = run.endedUnixMs ?? run.startedUnixMs;
  const isFresh = moves.includes(run.operation) && now - ended < freshMs;
  const open = chosen ?? (running || run.exitCode !== 0 || isFresh);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <section
      aria-label="Newest operation"
      className="shrink-0 border border-line bg-panel"
      data-testid="operation-output"
      data-run={run.runId}
      data-run-operation={run.operation}
      data-run-state={run.state}
      data-exit-code={run.exitCode ?? ""}
    >
      <div className="flex h-8 items-center gap-3 px-3 whitespace-nowrap">
        <TosWord standing={runStanding(run)} />
        <span className="shrink-0 font-medium">{operationWords[run.operation].label}</span>
        {run.subject !== "" && <span className="figure truncate text-small text-muted">{run.subject}</span>}
        <span className="shrink-0 text-small text-muted">
          {running ? (
            <>
              for <Elapsed sinceUnixMs={run.startedUnixMs} />
            </>
          ) : (
            <Age unixMs={run.endedUnixMs ?? run.startedUnixMs} />
          )}
        </span>
        <span
          className="min-w-0 flex-1 truncate text-muted"
          aria-live="polite"
          title={running ? run.doing : run.endReason}
        >
          {running ? run.doing : run.endReason}
        </span>
        {run.exitCode !== null && (
          <span className="shrink-0 text-small text-muted">
            exit code <span className="figure text-ink">{run.exitCode}</span>
          </span>
        )}
        <Button
          look="quiet"
          size="small"
          aria-expanded={open}
          onClick={() => setChoice({ runId: run.runId, open: !open })}
        >
          <Chevron size={13} aria-hidden />
          Output
        </Button>
      </div>
      {open && <Output key={run.runId} runId={run.runId} running={running} />}
    </section>
  );
}
