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
      className="h-6 min-w-0 border-t border-l border-line text-small leading-6 text-faint"
      style={{ paddingLeft: props.start, paddingRight: 4 }}
    >
      <div className="relative h-full">
        {boundaries.map((boundary, index) => {
          const share = (endOf(index) - boundary.step) / length;
          return (
            <span
              key={boundary.step}
              className="absolute inset-y-0 overflow-hidden border-l border-dashed border-line-strong pl-0.5 whitespace-nowrap first:border-transparent"
              style={{ left: percent(boundary.step / length), width: percent(share) }}
              title={boundary.label}
            >
              {share >= narrowest && shortNames[boundary.phase]}
            </span>
          );
        })}
      </div>
    </div>
  );
}

function percent(share: number): string {
  return `${share * 100}%`;
}

const shortNames = {
  preflight: "Pre",
  "canary-1": "C1",
  "canary-2": "C2",
  "canary-3": "C3",
  "general-availability": "GA",
} as const;
