import { ArrowRight, Hand } from "lucide-react";
import type { Gate } from "#contract/identity";
import { statusTone, type DisplayStatus, type StatusTone } from "../state/display-status";
import { classNames } from "./class-names";
import { toneText, toneWash } from "./StatusGlyph";

/** Hue of a gate: a healthy surface may hold for another reason, and a hold is never green. */
export function gateTone(gate: Gate, status: DisplayStatus): StatusTone {
  const tone = statusTone(status);
  return gate === "hold" && tone === "healthy" ? "degraded" : tone;
}

const outline: Readonly<Record<"healthy" | "degraded" | "failing" | "stale", string>> = {
  healthy: "border-transparent",
  degraded: "border-degraded/45",
  failing: "border-failing/45",
  stale: "border-stale/45",
};

/** The gate: `pass` is quiet, `hold` carries the hue of what holds it. `held` greys it while the window is disconnected. */
export function GateBadge(props: {
  readonly gate: Gate;
  readonly status: DisplayStatus;
  readonly held?: boolean;
  readonly className?: string;
}) {
  const tone = props.held === true ? "stale" : gateTone(props.gate, props.status);
  const Glyph = props.gate === "pass" ? ArrowRight : Hand;
  return (
    <span
      className={classNames(
        "inline-flex h-5 items-center gap-1 rounded-control border px-1.5 text-small font-semibold whitespace-nowrap",
        outline[tone],
        toneText[tone],
        toneWash[tone],
        props.className,
      )}
      data-gate={props.gate}
    >
      <Glyph size={12} strokeWidth={2.5} aria-hidden />
      {props.gate === "pass" ? "Pass" : "Hold"}
    </span>
  );
}
