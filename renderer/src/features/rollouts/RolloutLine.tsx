import type { RolloutView } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { useConsole } from "../../state/console-store";
import { isPhase, situationLine, standingOf } from "../../state/rollout-standing";
import { formatRoute, rolloutRoute } from "../../state/route";
import { classNames } from "../../ui/class-names";
import { RehearsalMark } from "../../ui/RehearsalMark";
import { StandingWord } from "../../ui/StandingMark";

/** The rollout in one line, a link to it: candidate, phase, percent, how it stands and what holds it. */
export function RolloutLine(props: { readonly view: RolloutView; readonly className?: string }) {
  const { view } = props;
  const connected = useConsole((state) => state.connection === "connected");
  const line = situationLine(view);
  return (
    <a
      href={formatRoute(rolloutRoute(view.rolloutId))}
      className={classNames(
        "flex min-w-0 items-center gap-2 whitespace-nowrap hover:underline",
        !connected && "held",
        props.className,
      )}
      data-testid="rollout-line"
      title={line}
    >
      {view.rehearsal && <RehearsalMark />}
      <span className="max-w-32 shrink-0 truncate font-semibold">{view.candidate.version}</span>
      <span className="shrink-0 text-muted">
        {isPhase(view.status) ? "" : "ended in "}
        {phaseLabels[view.phase]}, <span className="figure">{view.percent} %</span>
      </span>
      <StandingWord standing={standingOf(view)} held={!connected} className="shrink-0" />
      <span className="min-w-0 truncate text-muted">{line}</span>
    </a>
  );
}
