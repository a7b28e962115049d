import { surfaceIds, surfaceLabels } from "#contract/identity";
import type { TrendPoint } from "#contract/rollout/view";
import { formatCount } from "../../../format/number";
import { formatRoute } from "../../../state/route";
import { surfaceRoute } from "../../../state/use-route";
import { Age } from "../../../ui/Age";
import { StatusWord } from "../../../ui/StatusGlyph";
import { PhaseAxis } from "./PhaseAxis";
import { axisWidth, TrendChart } from "./TrendChart";
import { laneNamesWidth, TrendStateBand } from "./TrendStateBand";
import { phaseBoundaries, surfaceSteps, trendFigures, type TrendStep } from "./trend-steps";

function SurfaceHead(props: {
  readonly surface: (typeof surfaceIds)[number];
  readonly last: TrendStep | undefined;
}) {
  const { last, surface } = props;
  return (
    <div className="flex min-w-0 flex-col justify-center border-t border-line px-3">
      <a href={formatRoute(surfaceRoute(surface))} className="truncate font-semibold hover:underline">
        {surfaceLabels[surface]}
      </a>
      {last === undefined ? (
        <span className="text-small text-muted">not in any check</span>
      ) : (
        <>
          <StatusWord status={last.healthState} />
          <span className="truncate text-small text-faint">check {formatCount(last.check)}</span>
          <span className="truncate text-small text-faint">
            <Age unixMs={last.unixMs} />
          </span>
        </>
      )}
    </div>
  );
}

/** Small multiples: a row per surface, a column per figure, all over the same checks. */
export function TrendGrid(props: { readonly points: readonly TrendPoint[] }) {
  const { points } = props;
  const boundaries = phaseBoundaries(points);
  return (
    <div className="charts grid min-h-150 flex-1 grid-cols-[168px_repeat(5,minmax(0,1fr))] grid-rows-[28px_repeat(5,minmax(0,1fr))_24px] bg-panel">
      <div aria-hidden />
      {["State", ...trendFigures.map(({ title }) => title)].map((title) => (
        <h2
          key={title}
          className="flex items-center border-l border-line pl-2 text-small font-medium text-muted"
        >
          {title}
        </h2>
      ))}
      {surfaceIds.map((surface) => {
        const steps = surfaceSteps(points, surface);
        const shared = { surface, steps, boundaries, length: points.length };
        return (
          <div key={surface} className="contents">
            <SurfaceHead surface={surface} last={steps.at(-1)} />
            <TrendStateBand {...shared} />
            {trendFigures.map((figure) => (
              <TrendChart key={figure.key} figure={figure} {...shared} />
            ))}
          </div>
        );
      })}
      <div className="border-t border-line px-3 text-small leading-6 text-faint">Phase</div>
      <PhaseAxis boundaries={boundaries} length={points.length} start={laneNamesWidth} />
      {trendFigures.map(({ key }) => (
        <PhaseAxis key={key} boundaries={boundaries} length={points.length} start={axisWidth} />
      ))}
    </div>
  );
}
