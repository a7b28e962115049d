import type { RolloutView } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { formatCounted } from "../../format/number";
import { formatTimestamp } from "../../format/time";
import { useConsole } from "../../state/console-store";
import { isPhase, standingOf } from "../../state/rollout-standing";
import { Age } from "../../ui/Age";
import { Hint } from "../../ui/Hint";
import { StandingWord } from "../../ui/StandingMark";

function Started(props: { readonly view: RolloutView }) {
  const { ending, endedUnixMs, startReason, startedBy, startedUnixMs } = props.view;
  return (
    <>
      <span title={`${formatTimestamp(startedUnixMs)} UTC`}>
        started by <span className="text-muted">{startedBy.name}</span> <Age unixMs={startedUnixMs} />:{" "}
        <q className="text-muted">{startReason}</q>
      </span>
      {ending !== null && (
        <span>
          {" "}
          · ended by <span className="text-muted">{ending.by.name}</span> <Age unixMs={endedUnixMs} />:{" "}
          <q className="text-muted">{ending.reason}</q>
        </span>
      )}
    </>
  );
}

function Journal(props: { readonly journal: RolloutView["journal"] }) {
  const { journal } = props;
  return (
    <Hint content={<span className="figure block break-all">{journal.path}</span>}>
      <span tabIndex={0} className="shrink-0 whitespace-nowrap" data-testid="journal">
        journal <span className="figure">{formatCounted(journal.entries, "entry", "entries")}</span>
        {journal.problem === "" ? ", chain holds" : ", chain broken"}
      </span>
    </Hint>
  );
}

/** What is rolled out, how it stands, how much of the world has it, and who wanted it. */
export function RolloutHeader(props: { readonly view: RolloutView }) {
  const { view } = props;
  const connected = useConsole((state) => state.connection === "connected");
  return (
    <header className="min-w-0 px-3 py-1.5">
      <div className="flex items-baseline gap-3 whitespace-nowrap">
        <h1 className="min-w-0 truncate text-title font-semibold" title={view.candidate.version}>
          <span className="sr-only">Rollout of </span>
          {view.candidate.version}{" "}
          <span className="figure pl-1 text-small font-normal text-faint" title={view.candidate.commit}>
            {view.candidate.commit.slice(0, 10)}
          </span>
        </h1>
        <StandingWord standing={standingOf(view)} held={!connected} className="shrink-0" />
        <span className="shrink-0 text-muted">
          {isPhase(view.status) ? "in " : "ended in "}
          {phaseLabels[view.phase]}
        </span>
        <span className="shrink-0" data-testid="percent">
          <span className="figure text-figure font-semibold">{view.percent} %</span>{" "}
          <span className="pl-0.5 text-small text-muted">declared</span>
        </span>
        <span className="min-w-0 truncate text-small text-faint">{view.profileTitle}</span>
      </div>
      <p className="flex gap-3 text-small text-faint">
        <span className="min-w-0 truncate">
          <Started view={view} />
        </span>
        <Journal journal={view.journal} />
        <span className="figure shrink-0">{view.rolloutId}</span>
      </p>
    </header>
  );
}
