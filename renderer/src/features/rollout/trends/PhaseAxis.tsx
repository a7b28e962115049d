import type { PhaseBoundary } from "./trend-steps";

/** Share of the axis below which a name has no room. */
const narrowest = 0.12;

/** Names of the phases under a column of charts, each where it begins. Narrow ones keep their name in the tooltip. */
export function PhaseAxis(props: {
  readonly boundaries: readonly PhaseBoundary[];
  readonly length: number;
  /** Pixels before the first step. */
  readonly start: number;
}) {
  const { boundaries, length } = props;
  const endOf = (index: number): number => boundaries[index + 1]?.step ?? length;
  return (
    <div
      className="flex h-6 min-w-0 items-center border-t border-l border-line text-small text-faint"
      style={{ paddingLeft: props.start, paddingRight: 4 }}
    >
      {boundaries.map((boundary, index) => (
        <span
          key={boundary.step}
          className="min-w-0 overflow-hidden border-l border-dashed border-line-strong pl-0.5 whitespace-nowrap first:border-transparent"
          style={{ flexGrow: endOf(index) - boundary.step, flexBasis: 0 }}
          title={boundary.label}
        >
          {endOf(index) - boundary.step >= narrowest * length && shortNames[boundary.phase]}
        </span>
      ))}
    </div>
  );
}

const shortNames = {
  preflight: "Pre",
  "canary-1": "C1",
  "canary-2": "C2",
  "canary-3": "C3",
  "general-availability": "GA",
} as const;
