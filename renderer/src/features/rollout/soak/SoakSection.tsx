import { Ban, CircleCheck, Hourglass } from "lucide-react";
import type { RolloutView } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { useHostNow } from "../../../state/clock";
import { useConsole } from "../../../state/console-store";
import { classNames } from "../../../ui/class-names";
import { Section } from "../../../ui/Section";
import { formatEvidenceTime } from "./evidence-time";
import { pendingMs, ringShares } from "./ring-geometry";
import { SoakRing } from "./SoakRing";

/** The soak in one word and glyph, for the heading. */
function Standing(props: { readonly soak: RolloutView["soak"]; readonly held: boolean }) {
  const { soak } = props;
  const [Glyph, word, tone] = soak.complete
    ? ([CircleCheck, "Complete", "text-healthy"] as const)
    : soak.counting
      ? ([Hourglass, "Counting", "text-healthy"] as const)
      : ([Ban, "Stands still", "text-degraded"] as const);
  return (
    <span
      className={`inline-flex items-center gap-1 text-small font-medium ${props.held ? "text-stale" : tone}`}
    >
      <Glyph size={12} strokeWidth={2.5} aria-hidden />
      {word}
    </span>
  );
}

/** A swatch of the ring, what it means, and how long it is. */
function Key(props: { readonly look: string; readonly word: string; readonly milliseconds: number }) {
  return (
    <div className="text-small">
      <dt className="flex items-center gap-1.5 leading-4 text-muted">
        <span aria-hidden className={`h-2.5 w-4 shrink-0 border ${props.look}`} />
        {props.word}
      </dt>
      <dd className="figure pl-5.5">{formatEvidenceTime(props.milliseconds)}</dd>
    </div>
  );
}

/** As many as fit beside the ring; all of them stand under what holds. */
const shownReasons = 2;

/** What stops the soak, in words; nothing else says why the ring does not move. */
function StoppedBy(props: { readonly soak: RolloutView["soak"] }) {
  const { creditedMs, requiredMs, stoppedBy } = props.soak;
  return (
    <div role="group" aria-label="What stops the soak" className="min-w-0 flex-1 text-small">
      <p className="text-muted">
        <span className="figure text-ink">{formatEvidenceTime(creditedMs)}</span> of{" "}
        <span className="figure text-ink">{formatEvidenceTime(requiredMs)}</span> proven
      </p>
      <p className="mt-1 font-medium text-degraded">What stops it</p>
      <ul className="flex flex-col gap-0.5">
        {stoppedBy.slice(0, shownReasons).map((line) => (
          <li
            key={line}
            className={classNames("break-words", stoppedBy.length === 1 ? "line-clamp-5" : "line-clamp-2")}
            title={line}
          >
            {line}
          </li>
        ))}
      </ul>
      {stoppedBy.length > shownReasons && (
        <p className="text-muted">and {stoppedBy.length - shownReasons} more</p>
      )}
    </div>
  );
}

/**
 * Evidence time of the present phase. Time left is what recorded checks have not proven yet; the time since the last
 * passing check is shown beside it, hatched, and is credited by nobody but the next check.
 */
export function SoakSection(props: { readonly view: RolloutView }) {
  const { soak, checkIntervalMs, phase } = props.view;
  const now = useHostNow();
  const connected = useConsole((state) => state.connection === "connected");
  const pending = connected ? pendingMs(soak, checkIntervalMs, now) : 0;
  if (soak.requiredMs === 0)
    return (
      <Section title={`Soak of ${phaseLabels[phase]}`} className="w-62 shrink-0">
        <p className="px-3 py-2 text-muted">
          Preflight has no soak: one full run of the harness is its evidence (G1).
        </p>
      </Section>
    );
  return (
    <Section
      title={`Soak of ${phaseLabels[phase]}`}
      aside={<Standing soak={soak} held={!connected} />}
      className="w-75 shrink-0"
      bodyClassName="flex"
      held={!connected}
    >
      <div className="flex min-h-0 flex-1 items-center gap-3 px-3 py-2" data-testid="soak">
        <SoakRing
          shares={ringShares(soak.requiredMs, soak.creditedMs, pending)}
          held={!connected || (!soak.counting && !soak.complete)}
        >
          <span className="figure text-body font-semibold" data-testid="soak-left">
            {soak.complete ? "done" : formatEvidenceTime(soak.remainingMs, "up")}
          </span>
          {!soak.complete && <span className="text-small text-muted">left</span>}
        </SoakRing>
        {soak.stoppedBy.length > 0 ? (
          <StoppedBy soak={soak} />
        ) : (
          <dl className="flex min-w-0 flex-1 flex-col gap-1">
            <Key
              look="bg-healthy-mark border-healthy-mark"
              word="proven by checks"
              milliseconds={soak.creditedMs}
            />
            <Key look="border-line bg-raised" word="required" milliseconds={soak.requiredMs} />
            {soak.counting && (
              <Key
                look="soak-pending border-healthy-mark"
                word="counts if the next check passes"
                milliseconds={pending}
              />
            )}
          </dl>
        )}
      </div>
    </Section>
  );
}
