import type { RolloutView } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { useConsole } from "../../state/console-store";
import { isPhase, standingOf } from "../../state/rollout-standing";
import { RehearsalMark } from "../../ui/RehearsalMark";
import { StandingWord } from "../../ui/StandingMark";

/** Which rollout this is and how it stands, beside its tabs. `hidden` where the page below says so itself. */
export function RolloutHeading(props: { readonly view: RolloutView; readonly hidden: boolean }) {
  const { view } = props;
  const connected = useConsole((state) => state.connection === "connected");
  if (props.hidden) return null;
  return (
    <div className="flex min-w-0 flex-1 items-center justify-end gap-3">
      {view.rehearsal && <RehearsalMark />}
      <h1 className="min-w-0 truncate">
        <span className="font-semibold">{view.candidate.version}</span>{" "}
        <span className="figure pl-2 text-small text-faint">{view.rolloutId}</span>
      </h1>
      <span className="shrink-0 whitespace-nowrap text-muted">
        {isPhase(view.status) ? "" : "ended in "}
        {phaseLabels[view.phase]}, <span className="figure">{view.percent} %</span>
      </span>
      <StandingWord standing={standingOf(view)} held={!connected} className="shrink-0" />
    </div>
  );
}
