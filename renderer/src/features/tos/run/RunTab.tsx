import type { TosRunView } from "#contract/tos/progress";
import type { TosView } from "#contract/tos/view";
import { runsOrchestrator } from "../../../state/tos-standing";
import { EmptyState, ErrorNotice } from "../../../ui/Notice";
import { Section } from "../../../ui/Section";
import { SkeletonLines } from "../../../ui/Skeleton";
import { JobLoopSection } from "./JobLoopSection";
import { LastRunSection } from "./LastRunSection";
import { RunHistory } from "./RunHistory";
import { RunPanel } from "./RunPanel";
import { SummarySection } from "./SummarySection";
import { useRunProgress } from "./use-run-progress";

/** The run that is shown when none is asked for: the one under way, else the last that ran the orchestrator. */
function defaultRun(view: Pick<TosView, "run" | "runs">): TosRunView | null {
  const ran = view.runs.find(({ operation }) => runsOrchestrator(operation) || operation === "rollback");
  return view.run ?? ran ?? view.runs[0] ?? null;
}

function Shown(props: { readonly view: TosView; readonly runId: string | null }) {
  const { view } = props;
  const standard = defaultRun(view);
  const runId = props.runId ?? standard?.runId ?? null;
  const progress = useRunProgress(runId);
  const listed = [view.run, ...view.runs].find((known) => known?.runId === runId) ?? null;
  const run = listed ?? progress.run;
  if (runId === null)
    return (
      <Section title="Last run" className="min-h-0 flex-1">
        <EmptyState title="Nothing was run from here yet">
          <p>
            A run from this window or from the command line appears here as it goes: each model, what the
            policy said, each command and what it printed.
          </p>
        </EmptyState>
      </Section>
    );
  if (run === null)
    return (
      <Section title="Run" className="min-h-0 flex-1">
        {progress.error === null ? (
          <SkeletonLines lines={6} />
        ) : (
          <ErrorNotice error={progress.error} className="m-2" />
        )}
      </Section>
    );
  const title =
    run.runId === view.run?.runId
      ? "Run under way"
      : run.runId === standard?.runId
        ? "Last run"
        : "An earlier run";
  return <RunPanel key={runId} run={run} title={title} progress={progress} />;
}

/** The run under way or the last one in full; beside it the job loop, the summaries and the runs before it. */
export function RunTab(props: { readonly view: TosView; readonly runId: string | null }) {
  const { view } = props;
  const shownId = props.runId ?? defaultRun(view)?.runId ?? null;
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,3fr)_minmax(340px,2fr)] gap-2 p-2">
      <div className="flex min-h-0 min-w-0 flex-col">
        <Shown view={view} runId={props.runId} />
      </div>
      <div
        className="scroll-region flex min-h-0 flex-col gap-2"
        tabIndex={0}
        role="region"
        aria-label="Figures"
      >
        <JobLoopSection
          loop={view.jobLoop}
          running={view.run !== null && runsOrchestrator(view.run.operation)}
        />
        <SummarySection summary={view.summary} />
        <RunHistory runs={view.runs} shownId={shownId} />
        <LastRunSection summary={view.lastRun} />
      </div>
    </div>
  );
}
