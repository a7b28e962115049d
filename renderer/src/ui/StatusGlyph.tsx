import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  ClockAlert,
  FileX,
  FileWarning,
  OctagonX,
  TriangleAlert,
  type LucideIcon,
} from "lucide-react";
import { statusTone, statusWords, type DisplayStatus, type StatusTone } from "../state/display-status";
import { classNames } from "./class-names";

/** Every status has a shape of its own, so that it can be told without colour. */
const glyphs: Readonly<Record<DisplayStatus, LucideIcon>> = {
  healthy: CircleCheck,
  degraded: TriangleAlert,
  failing: OctagonX,
  stale: ClockAlert,
  unreadable: FileWarning,
  missing: FileX,
  "never-seen": CircleDashed,
  unknown: CircleHelp,
};

/** Text colour of a hue. */
export const toneText: Readonly<Record<StatusTone, string>> = {
  healthy: "text-healthy",
  degraded: "text-degraded",
  failing: "text-failing",
  stale: "text-stale",
};

/** Quiet background of a hue. */
export const toneWash: Readonly<Record<StatusTone, string>> = {
  healthy: "bg-healthy-wash",
  degraded: "bg-degraded-wash",
  failing: "bg-failing-wash",
  stale: "bg-stale-wash hatched",
};

/** The shape of a status. Decorative: the word stands beside it, or is given as `label`. */
export function StatusGlyph(props: {
  readonly status: DisplayStatus;
  readonly size?: number;
  readonly label?: string;
  readonly className?: string;
}) {
  const Glyph = glyphs[props.status];
  return (
    <Glyph
      size={props.size ?? 14}
      strokeWidth={2.25}
      className={classNames("shrink-0", toneText[statusTone(props.status)], props.className)}
      {...(props.label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": props.label })}
    />
  );
}

/** Glyph and word of a status, in its hue. */
export function StatusWord(props: { readonly status: DisplayStatus; readonly className?: string }) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 font-medium whitespace-nowrap",
        toneText[statusTone(props.status)],
        props.className,
      )}
      data-status={props.status}
    >
      <StatusGlyph status={props.status} />
      {statusWords[props.status]}
    </span>
  );
}
