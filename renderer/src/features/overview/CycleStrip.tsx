import { useMemo } from "react";
import type { SurfaceId } from "#contract/identity";
import { formatCounted } from "../../format/number";
import { stripLength, type CycleTick } from "../../state/recent-cycles";
import { useRecentCycles } from "../../state/follow-recent-cycles";

const step = 5.25;
const height = 16;

/** Each status has its own height and shape: a low bar, a triangle, a full bar, a cross, a short dash. */
const shapes: Readonly<Record<string, (x: number) => string>> = {
  healthy: (x) => `M${x} 10h3.5v5h-3.5z`,
  degraded: (x) => `M${x + 1.75} 5l2.25 10h-4.5z`,
  failing: (x) => `M${x} 1h3.5v14h-3.5z`,
  invalid: (x) => `M${x} 6l3.5 8M${x + 3.5} 6l-3.5 8`,
  unknown: (x) => `M${x} 12h3.5`,
};

const looks: Readonly<Record<string, string>> = {
  healthy: "fill-healthy-mark",
  degraded: "fill-degraded-mark",
  failing: "fill-failing-mark",
  invalid: "stroke-failing-mark stroke-[1.4] fill-none",
  unknown: "stroke-stale-mark stroke-2 fill-none",
};

function shapeOf(tick: CycleTick): string {
  return tick.status in shapes ? tick.status : "unknown";
}

/** What the strip shows, in words. */
export function describeTicks(ticks: readonly CycleTick[]): string {
  if (ticks.length === 0) return "No cycles yet";
  const counts = new Map<string, number>();
  for (const tick of ticks) counts.set(shapeOf(tick), (counts.get(shapeOf(tick)) ?? 0) + 1);
  const parts = [...counts].map(([status, count]) => `${count} ${status}`);
  return `Last ${formatCounted(ticks.length, "line")} of the log: ${parts.join(", ")}`;
}

/** The newest lines of the log, newest at the right, one tick each. */
export function CycleStrip(props: { readonly surface: SurfaceId; readonly held: boolean }) {
  const { ticks } = useRecentCycles(props.surface);
  const paths = useMemo(() => {
    const drawn = new Map<string, string>();
    ticks.forEach((tick, index) => {
      const shape = shapeOf(tick);
      const x = (stripLength - ticks.length + index) * step;
      drawn.set(shape, `${drawn.get(shape) ?? ""}${shapes[shape]?.(x) ?? ""}`);
    });
    return [...drawn];
  }, [ticks]);
  const words = describeTicks(ticks);
  return (
    <svg
      width={stripLength * step}
      height={height}
      role="img"
      aria-label={words}
      className={props.held ? "shrink-0 opacity-60 grayscale" : "shrink-0"}
    >
      <title>{words}</title>
      <path d={`M0 15.5h${stripLength * step}`} className="fill-none stroke-line" />
      {paths.map(([shape, path]) => (
        <path key={shape} d={path} className={looks[shape]} />
      ))}
    </svg>
  );
}
