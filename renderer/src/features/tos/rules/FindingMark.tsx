import {
  Ban,
  CircleCheck,
  CircleHelp,
  CircleMinus,
  Eye,
  OctagonX,
  TriangleAlert,
  User,
  type LucideIcon,
} from "lucide-react";
import type { GovernanceFinding } from "#contract/tos/governance";
import { classNames } from "../../../ui/class-names";
import { classWords, statusWords, type FindingStatus } from "./finding-words";

const statusLooks: Readonly<Record<FindingStatus, { readonly Glyph: LucideIcon; readonly ink: string }>> = {
  broken: { Glyph: OctagonX, ink: "text-failing" },
  unknown: { Glyph: CircleHelp, ink: "text-degraded" },
  person: { Glyph: User, ink: "text-accent" },
  kept: { Glyph: CircleCheck, ink: "text-healthy" },
  "not-applicable": { Glyph: CircleMinus, ink: "text-muted" },
};

/** A rule that warns is no failure: broken, it has the hue of a warning. */
function inkOf(status: FindingStatus, ruleClass: GovernanceFinding["class"]): string {
  return status === "broken" && ruleClass !== "block" ? "text-degraded" : statusLooks[status].ink;
}

/** Glyph and word of how things stand with a rule. */
export function FindingMark(props: {
  readonly status: FindingStatus;
  readonly ruleClass: GovernanceFinding["class"];
}) {
  const { Glyph } = statusLooks[props.status];
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 font-medium whitespace-nowrap",
        inkOf(props.status, props.ruleClass),
      )}
      data-finding={props.status}
    >
      <Glyph size={13} strokeWidth={2.25} className="shrink-0" aria-hidden />
      {statusWords[props.status]}
    </span>
  );
}

const classGlyphs: Readonly<Record<GovernanceFinding["class"], LucideIcon>> = {
  block: Ban,
  warn: TriangleAlert,
  show: Eye,
};

/** What a rule does when it is broken: blocks, warns, or only shows. */
export function ClassMark(props: { readonly ruleClass: GovernanceFinding["class"] }) {
  const Glyph = classGlyphs[props.ruleClass];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-muted">
      <Glyph size={12} className="shrink-0" aria-hidden />
      {classWords[props.ruleClass]}
    </span>
  );
}
