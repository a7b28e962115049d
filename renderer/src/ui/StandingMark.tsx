import {
  Ban,
  CircleCheck,
  CirclePause,
  CircleStop,
  CircleArrowUp,
  CirclePlay,
  FileWarning,
  Hand,
  Hourglass,
  Undo2,
  UndoDot,
  type LucideIcon,
} from "lucide-react";
import { standingTone, standingWords, type Standing } from "../state/rollout-standing";
import { classNames } from "./class-names";
import { toneText } from "./StatusGlyph";

/** Every standing has a shape of its own, so that it can be told without colour. */
const glyphs: Readonly<Record<Standing, LucideIcon>> = {
  untrusted: FileWarning,
  "rolling-back": Undo2,
  blocked: Ban,
  "rolled-back-unverified": UndoDot,
  held: Hand,
  paused: CirclePause,
  aborted: CircleStop,
  "rolled-back": Undo2,
  ready: CircleArrowUp,
  soaking: Hourglass,
  running: CirclePlay,
  complete: CircleCheck,
};

/** The shape of a standing. Grey while `held` (the window hears nothing). Decorative unless it has a `label`. */
export function StandingGlyph(props: {
  readonly standing: Standing;
  readonly size?: number;
  readonly held?: boolean;
  readonly label?: string;
}) {
  const Glyph = glyphs[props.standing];
  return (
    <Glyph
      size={props.size ?? 14}
      strokeWidth={2.25}
      className={classNames(
        "shrink-0",
        toneText[props.held === true ? "stale" : standingTone(props.standing)],
      )}
      {...(props.label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": props.label })}
    />
  );
}

/** Glyph and word of a standing, in its hue. */
export function StandingWord(props: {
  readonly standing: Standing;
  readonly held?: boolean;
  readonly className?: string;
}) {
  return (
    <span
      className={classNames(
        "inline-flex items-baseline gap-1.5 font-medium whitespace-nowrap",
        toneText[props.held === true ? "stale" : standingTone(props.standing)],
        props.className,
      )}
      data-standing={props.standing}
    >
      <span className="flex self-center">
        <StandingGlyph standing={props.standing} held={props.held === true} />
      </span>
      {standingWords[props.standing]}
    </span>
  );
}
