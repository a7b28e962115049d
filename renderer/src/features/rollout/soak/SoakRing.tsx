import { useId } from "react";
import { classNames } from "../../../ui/class-names";
import { arcStroke, type RingShares } from "./ring-geometry";

const size = 116;
const width = 10;
const radius = (size - width) / 2;
const centre = size / 2;

/** One arc, from the top clockwise. */
function Arc(props: { readonly start: number; readonly length: number; readonly stroke: string }) {
  if (props.length <= 0) return null;
  return (
    <circle
      cx={centre}
      cy={centre}
      r={radius}
      fill="none"
      stroke={props.stroke}
      strokeWidth={width}
      transform={`rotate(-90 ${centre} ${centre})`}
      {...arcStroke(radius, props.start, props.length)}
    />
  );
}

/**
 * The ring: what is proven in full, what counts if the next check passes lighter and hatched. It does not move between
 * two seconds. The words beside it say the same, so it is silent.
 */
export function SoakRing(props: {
  readonly shares: RingShares;
  readonly held: boolean;
  readonly children: React.ReactNode;
}) {
  const hatch = useId();
  const { shares } = props;
  const solid = props.held ? "var(--stale-mark)" : "var(--healthy-mark)";
  return (
    <div className="relative size-29 shrink-0">
      <svg viewBox={`0 0 ${size} ${size}`} className="size-29" aria-hidden>
        <defs>
          <pattern
            id={hatch}
            width={4}
            height={4}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width={4} height={4} fill="var(--healthy-wash)" />
            <rect width={1.5} height={4} fill="var(--healthy-mark)" />
          </pattern>
        </defs>
        <circle cx={centre} cy={centre} r={radius} fill="none" stroke="var(--line)" strokeWidth={width} />
        <Arc start={shares.credited} length={shares.pending} stroke={`url(#${hatch})`} />
        <Arc start={0} length={shares.credited} stroke={solid} />
      </svg>
      <div
        className={classNames(
          "absolute inset-0 flex flex-col items-center justify-center text-center",
          props.held && "text-stale",
        )}
      >
        {props.children}
      </div>
    </div>
  );
}
