import type { CheckRecord } from "#contract/rollout/journal";
import type { CellStatus } from "#contract/rollout/vocabulary";
import { holdingRules, stripMarks } from "./check-words";

const markWidth = 6;
const gap = 1;
const height = 14;

/** Passing marks are low, holding ones reach the top; those without evidence are hollow, undemanded ones a dot. */
function Mark(props: { readonly x: number; readonly status: CellStatus | "other" }) {
  const { x } = props;
  switch (props.status) {
    case "passed":
      return <rect x={x} y={8} width={markWidth} height={6} className="fill-healthy-mark" />;
    case "failed":
      return <rect x={x} y={0} width={markWidth} height={height} className="fill-failing-mark" />;
    case "other":
      return <rect x={x + 2} y={11} width={2} height={3} className="fill-line-strong" />;
    case "stale":
    case "missing":
    case "unreadable":
    case "no-samples":
      return (
        <rect
          x={x + 0.75}
          y={0.75}
          width={markWidth - 1.5}
          height={height - 1.5}
          className="fill-transparent stroke-degraded-mark"
          strokeWidth={1.5}
        />
      );
  }
}

/** The gate vector of one check: a mark for every rule in its fixed order; in words for who cannot see it. */
export function GateStrip(props: { readonly check: Pick<CheckRecord, "verdicts" | "findings"> }) {
  const marks = stripMarks(props.check);
  const holding = holdingRules(props.check.findings);
  const label =
    holding.length === 0
      ? `Gate vector: nothing holds, ${marks.filter(({ status }) => status === "passed").length} of ${marks.length} rules passed`
      : `Gate vector: ${holding.join("; ")} hold`;
  return (
    <svg
      role="img"
      aria-label={label}
      width={marks.length * (markWidth + gap)}
      height={height}
      className="shrink-0"
    >
      {marks.map((mark, index) => (
        <g key={mark.rule}>
          <title>{`${mark.rule}: ${mark.status === "other" ? "not demanded" : mark.status}`}</title>
          <Mark x={index * (markWidth + gap)} status={mark.status} />
        </g>
      ))}
    </svg>
  );
}
