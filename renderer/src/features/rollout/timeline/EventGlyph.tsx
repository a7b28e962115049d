import {
  Ban,
  CircleCheckBig,
  CircleDot,
  CirclePause,
  CirclePlay,
  CircleStop,
  Clock,
  Flag,
  MoveUp,
  Plug,
  RefreshCw,
  ShieldX,
  Terminal,
  Undo2,
  Zap,
  type LucideIcon,
} from "lucide-react";
import type { RolloutEventType } from "#contract/rollout/journal";
import type { StatusTone } from "../../../state/display-status";
import { classNames } from "../../../ui/class-names";
import { toneText } from "../../../ui/StatusGlyph";

const glyphs: Readonly<Record<RolloutEventType, LucideIcon>> = {
  "rollout-started": Flag,
  "session-opened": Plug,
  "check-recorded": CircleDot,
  "phase-entered": MoveUp,
  "rollout-completed": CircleCheckBig,
  paused: CirclePause,
  resumed: CirclePlay,
  "trigger-fired": Zap,
  blocked: Ban,
  "rollback-opened": Undo2,
  aborted: CircleStop,
  rebaselined: RefreshCw,
  "effect-attempted": Terminal,
  "effect-done": Terminal,
  "effect-failed": Terminal,
  "effect-retried": Terminal,
  "clock-jumped": Clock,
  "command-refused": ShieldX,
};

/** The shape of an event's kind, in the hue of what it says. The words stand beside it. */
export function EventGlyph(props: { readonly type: RolloutEventType; readonly tone: StatusTone | "plain" }) {
  const Glyph = glyphs[props.type];
  return (
    <Glyph
      size={13}
      strokeWidth={2.25}
      aria-hidden
      className={classNames("shrink-0", props.tone === "plain" ? "text-muted" : toneText[props.tone])}
    />
  );
}
