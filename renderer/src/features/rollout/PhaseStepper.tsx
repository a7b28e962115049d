import { Circle, CircleCheck, CircleDot, OctagonX, type LucideIcon } from "lucide-react";
import { Fragment } from "react";
import type { RolloutView } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { formatDuration } from "../../format/duration";
import { formatTimeOfDay, formatTimestamp } from "../../format/time";
import { durationKinds, totalMs } from "../../state/durations";
import { classNames } from "../../ui/class-names";
import { DurationsBar } from "../../ui/DurationsBar";
import { phaseStateWords, soakWords } from "./phase-words";

type PhaseView = RolloutView["phases"][number];

const looks: Readonly<Record<PhaseView["state"], { readonly Glyph: LucideIcon; readonly tone: string }>> = {
  passed: { Glyph: CircleCheck, tone: "text-healthy" },
  current: { Glyph: CircleDot, tone: "text-accent" },
  ended: { Glyph: OctagonX, tone: "text-failing" },
  ahead: { Glyph: Circle, tone: "text-faint" },
};

function Entered(props: { readonly phase: PhaseView }) {
  const { enteredBy, enteredUnixMs, requiredMs } = props.phase;
  if (enteredUnixMs === null) return <span className="text-faint">not entered</span>;
  return (
    <span className="truncate text-muted" title={`${formatTimestamp(enteredUnixMs)} UTC`}>
      <span className="figure">{formatTimeOfDay(enteredUnixMs)}</span>{" "}
      {requiredMs === 0 ? "by" : "promoted by"}{" "}
      {enteredBy === null ? "–" : enteredBy.kind === "automatic" ? "the profile" : enteredBy.name}
    </span>
  );
}

function Time(props: { readonly phase: PhaseView }) {
  const { durations } = props.phase;
  if (totalMs(durations) === 0) return null;
  const kinds = durationKinds.filter(({ key }) => durations[key] > 0);
  return (
    <>
      <DurationsBar durations={durations} className="my-0.5 h-1.5 w-full" />
      <p
        className="truncate leading-4 text-faint"
        title={kinds.map(({ key, word }) => `${formatDuration(durations[key])} ${word}`).join(", ")}
      >
        {kinds.map(({ key, word }, index) => (
          <Fragment key={key}>
            {index > 0 && ", "}
            <span className="whitespace-nowrap">
              <span className="figure">{formatDuration(durations[key])}</span> {word}
            </span>
          </Fragment>
        ))}
      </p>
    </>
  );
}

function Step(props: { readonly phase: PhaseView }) {
  const { phase } = props;
  const { Glyph, tone } = looks[phase.state];
  const here = phase.state === "current" || phase.state === "ended";
  return (
    <li
      aria-current={here ? "step" : undefined}
      data-phase={phase.id}
      data-phase-state={phase.state}
      className={classNames(
        "min-w-0 flex-1 border-t-2 px-3 py-1 text-small",
        phase.state === "current"
          ? "border-accent bg-accent-wash"
          : phase.state === "ended"
            ? "border-failing-mark bg-failing-wash"
            : phase.state === "passed"
              ? "border-healthy-mark"
              : "border-line",
      )}
    >
      <p className="flex items-center gap-1.5 text-body">
        <Glyph size={14} strokeWidth={2.25} className={classNames("shrink-0", tone)} aria-hidden />
        <span className={classNames("min-w-0 flex-1 truncate", here ? "font-semibold" : "font-medium")}>
          {phaseLabels[phase.id]}
        </span>
        <span className="figure shrink-0">{phase.percent} %</span>
      </p>
      <p className="flex justify-between gap-2">
        <span className="figure truncate text-muted">{soakWords(phase)}</span>
        <span className={classNames("shrink-0 font-medium", tone)}>{phaseStateWords[phase.state]}</span>
      </p>
      <p className="flex min-w-0">
        <Entered phase={phase} />
      </p>
      <Time phase={phase} />
    </li>
  );
}

/** The five phases in order, each with its percent, state, soak, who entered it, and where its time went. */
export function PhaseStepper(props: { readonly view: RolloutView }) {
  return (
    <ol
      aria-label="Phases"
      className="flex shrink-0 divide-x divide-line border border-line bg-panel"
      data-testid="phases"
    >
      {props.view.phases.map((phase) => (
        <Step key={phase.id} phase={phase} />
      ))}
    </ol>
  );
}
