import { Rocket } from "lucide-react";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { useConsole } from "../../state/console-store";
import { isPhase, standingOf, standingWords } from "../../state/rollout-standing";
import { useLatestRollout } from "../../state/use-latest-rollout";
import { KeyCap } from "../../ui/KeyCap";
import { RehearsalMark } from "../../ui/RehearsalMark";
import { StandingGlyph } from "../../ui/StandingMark";

function Keys() {
  return (
    <span className="flex gap-1">
      <KeyCap>g</KeyCap>
      <KeyCap>r</KeyCap>
    </span>
  );
}

/** The rail's words about the rollout: phase, percent, standing, and that it is a rehearsal. */
export function RolloutEntry() {
  const view = useLatestRollout();
  const connected = useConsole((state) => state.connection === "connected");
  if (view === null)
    return (
      <>
        <Rocket size={15} className="text-muted" aria-hidden />
        <span className="min-w-0 flex-1">
          <span className="block font-medium">Rollout</span>
          <span className="block text-small text-muted">none yet</span>
        </span>
        <Keys />
      </>
    );
  const standing = standingOf(view);
  return (
    <>
      <StandingGlyph standing={standing} size={16} held={!connected} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          {isPhase(view.status) ? shortLabel(phaseLabels[view.phase]) : standingWords[standing]}{" "}
          <span className="figure font-normal text-muted">{view.percent} %</span>
        </span>
        <span className="block truncate text-small text-muted">
          {view.rehearsal ? (
            <RehearsalMark />
          ) : isPhase(view.status) ? (
            standingWords[standing]
          ) : (
            `in ${phaseLabels[view.phase]}`
          )}
        </span>
      </span>
      <Keys />
    </>
  );
}

function shortLabel(label: string): string {
  return label === phaseLabels["general-availability"] ? "General avail." : label;
}
