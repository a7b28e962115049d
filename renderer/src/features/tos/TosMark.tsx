import {
  Ban,
  CheckCheck,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleSlash,
  CircleX,
  FileWarning,
  FlagOff,
  LoaderCircle,
  OctagonPause,
  OctagonX,
  StepForward,
  Unplug,
  type LucideIcon,
} from "lucide-react";
import { tosStandingWords, tosTone, type TosStanding, type TosTone } from "../../state/tos-standing";
import { classNames } from "../../ui/class-names";

/** Every standing has a shape of its own, so that it can be told without colour. */
const glyphs: Readonly<Record<TosStanding, LucideIcon>> = {
  unreadable: FileWarning,
  fatal_error: OctagonX,
  unexpected: CircleHelp,
  failed: CircleX,
  stopped: OctagonPause,
  deny: Ban,
  vanished: Unplug,
  cancelled: CircleSlash,
  max_steps_reached: FlagOff,
  cancelling: LoaderCircle,
  running: LoaderCircle,
  execute: StepForward,
  job_loop_complete: CheckCheck,
  done: CircleCheck,
  succeeded: CircleCheck,
  "never-run": CircleDashed,
};

/** Text colour of a hue. */
export const tosToneText: Readonly<Record<TosTone, string>> = {
  healthy: "text-healthy",
  complete: "text-complete",
  degraded: "text-degraded",
  failing: "text-failing",
  denied: "text-denied",
  halted: "text-halted",
  cancelled: "text-cancelled",
  stale: "text-stale",
  busy: "text-accent",
  plain: "text-ink",
};

/** Quiet background and border of a hue. */
export const tosToneWash: Readonly<Record<TosTone, string>> = {
  healthy: "border-healthy/40 bg-healthy-wash",
  complete: "border-complete/40 bg-complete-wash",
  degraded: "border-degraded/40 bg-degraded-wash",
  failing: "border-failing/40 bg-failing-wash",
  denied: "border-denied/40 bg-denied-wash",
  halted: "border-halted/40 bg-halted-wash",
  cancelled: "border-cancelled/40 bg-cancelled-wash",
  stale: "border-line bg-stale-wash hatched",
  busy: "border-accent/40 bg-accent-wash",
  plain: "border-line bg-raised",
};

function shownTone(standing: TosStanding, held: boolean | undefined): TosTone {
  return held === true ? "stale" : tosTone(standing);
}

/** The shape of a standing. Grey while `held` (the window hears nothing). Decorative unless it has a `label`. */
export function TosGlyph(props: {
  readonly standing: TosStanding;
  readonly size?: number;
  readonly held?: boolean;
  readonly label?: string;
}) {
  const { standing } = props;
  const Glyph = glyphs[standing];
  const turns = (standing === "running" || standing === "cancelling") && props.held !== true;
  return (
    <Glyph
      size={props.size ?? 14}
      strokeWidth={2.25}
      className={classNames("shrink-0", turns && "turning", tosToneText[shownTone(standing, props.held)])}
      {...(props.label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": props.label })}
    />
  );
}

/** Glyph and word of a standing, in its hue. */
export function TosWord(props: {
  readonly standing: TosStanding;
  readonly held?: boolean;
  readonly className?: string;
}) {
  const { standing } = props;
  return (
    <span
      className={classNames(
        "inline-flex items-baseline gap-1.5 font-medium whitespace-nowrap",
        tosToneText[shownTone(standing, props.held)],
        props.className,
      )}
      data-tos-standing={standing}
    >
      <span className="flex self-center">
        <TosGlyph standing={standing} held={props.held === true} />
      </span>
      {tosStandingWords[standing]}
    </span>
  );
}
