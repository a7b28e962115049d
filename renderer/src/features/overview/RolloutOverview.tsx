import { phaseLabels } from "#contract/rollout/vocabulary";
import { formatDuration } from "../../format/duration";
import { useConsole } from "../../state/console-store";
import { isPhase, situationLine, standingOf } from "../../state/rollout-standing";
import { formatRoute, rolloutRoute } from "../../state/route";
import { useLatestRollout } from "../../state/use-latest-rollout";
import { TimeLeft } from "../../ui/Age";
import { classNames } from "../../ui/class-names";
import { RehearsalMark } from "../../ui/RehearsalMark";
import { Skeleton } from "../../ui/Skeleton";
import { StandingWord } from "../../ui/StandingMark";

/** The rollout in one compact line of the overview: where it is, its soak, what holds it and its next check. Its room is kept before anything is known. */
export function RolloutOverview(props: { readonly ready: boolean }) {
  const view = useLatestRollout();
  const connected = useConsole((state) => state.connection === "connected");
  if (!props.ready)
    return (
      <p className="flex h-7 min-w-0 flex-1 items-center border border-line bg-panel px-3">
        <Skeleton className="w-80" />
      </p>
    );
  if (view === null)
    return (
      <p className="flex h-7 min-w-0 flex-1 items-center gap-2 border border-line bg-panel px-3 text-muted">
        No rollout yet.
        <a href={formatRoute({ view: "rollout-start" })} className="text-accent hover:underline">
          Start a rollout
        </a>
      </p>
    );
  const running = isPhase(view.status);
  return (
    <a
      href={formatRoute(rolloutRoute(view.rolloutId))}
      className={classNames(
        "flex h-7 min-w-0 flex-1 items-center gap-3 border border-line bg-panel px-3 whitespace-nowrap hover:bg-hover",
        !connected && "held hatched",
      )}
      data-testid="overview-rollout"
    >
      <span className="min-w-20 truncate font-semibold">Rollout {view.candidate.version}</span>
      {view.rehearsal && <RehearsalMark />}
      <span>
        {running ? "" : "ended in "}
        {phaseLabels[view.phase]}, <span className="figure">{view.percent} %</span>
      </span>
      <StandingWord standing={standingOf(view)} held={!connected} />
      {running && view.soak.requiredMs > 0 && (
        <span className="text-muted">
          soak <span className="figure">{formatDuration(view.soak.creditedMs)}</span> of{" "}
          <span className="figure">{formatDuration(view.soak.requiredMs)}</span>
        </span>
      )}
      <span className="min-w-0 flex-1 truncate text-muted">{situationLine(view)}</span>
      {running && view.nextCheckUnixMs !== null && (
        <span className="text-muted">
          next check <TimeLeft unixMs={view.nextCheckUnixMs} />
        </span>
      )}
    </a>
  );
}
