import { useId, useState } from "react";
import { surfaceLabels } from "#contract/identity";
import type { HealthSnapshot } from "#contract/health";
import type { SurfaceView } from "#contract/view";
import { useConsole } from "../../state/console-store";
import { displayStatus } from "../../state/display-status";
import { formatRoute } from "../../state/route";
import { navigate, surfaceRoute } from "../../state/use-route";
import { classNames } from "../../ui/class-names";
import { Figure } from "../../ui/Figure";
import { GateBadge } from "../../ui/GateBadge";
import { Provenance, useHeld } from "../../ui/Provenance";
import { StatusWord } from "../../ui/StatusGlyph";
import { HoldList } from "../holds/HoldList";
import { DriverLine } from "./DriverLine";
import { CycleStrip } from "./CycleStrip";
import { LogLine } from "./LogLine";
import { WhyCell } from "./WhyCell";
import { columnCount } from "./columns";

function streakTone(streak: number | undefined): "plain" | "degraded" | "failing" | undefined {
  if (streak === undefined || streak === 0) return undefined;
  return streak >= 3 ? "failing" : "degraded";
}

function NumberCell(props: {
  readonly value: number | null;
  readonly held: boolean;
  readonly tone?: "plain" | "degraded" | "failing" | undefined;
  readonly testId?: string;
}) {
  const { testId, tone } = props;
  return (
    <td className={classNames("h-10 px-1.5 text-right align-bottom", props.held && "held hatched")}>
      <Figure
        value={props.value}
        large
        {...(tone === undefined ? {} : { tone })}
        {...(testId === undefined ? {} : { testId })}
      />
    </td>
  );
}

/** One surface of the overview: identity and freshness, why, the figures, its recent cycles and its driver. */
export function SurfaceRows(props: { readonly view: SurfaceView }) {
  const { view } = props;
  const { reading } = view;
  const { log, surface } = reading;
  const [expanded, setExpanded] = useState(false);
  const detailsId = useId();
  const connected = useConsole((state) => state.connection === "connected");
  const stateHeld = useHeld(reading.freshness);
  const logHeld = useHeld(log.freshness);
  const status = displayStatus(reading);
  const figure = (key: keyof HealthSnapshot): number | null => reading.health?.[key] ?? null;
  const failed = figure("last_cycle_failed");

  return (
    <>
      <tbody className="border-b border-line last:border-b-0" data-surface={surface} data-status={status}>
        <tr className="group" onClick={(event) => openUnlessControl(event.target, surface)}>
          <th scope="rowgroup" rowSpan={2} className="h-[123px] px-3 py-2 text-left align-top font-normal">
            <a
              href={formatRoute(surfaceRoute(surface))}
              className="block truncate text-figure font-semibold hover:underline"
            >
              {surfaceLabels[surface]}
            </a>
            <span className="my-1 flex items-center justify-between gap-2">
              <StatusWord status={connected ? status : "stale"} />
              <GateBadge gate={reading.gate} status={status} held={!connected} />
            </span>
            <Provenance freshness={reading.freshness} label="State" className="flex w-full" />
            <Provenance freshness={log.freshness} label="Log" className="flex w-full" />
          </th>
          <td rowSpan={2} className={classNames("px-3 py-2 align-top", stateHeld && !connected && "held")}>
            <WhyCell
              view={view}
              expanded={expanded}
              onToggle={() => setExpanded(!expanded)}
              detailsId={detailsId}
            />
          </td>
          <NumberCell
            value={figure("failure_streak")}
            tone={streakTone(figure("failure_streak") ?? 0)}
            held={stateHeld}
          />
          <NumberCell value={figure("queue_depth")} held={stateHeld} />
          <NumberCell value={figure("last_cycle_discovered")} held={stateHeld} />
          <NumberCell value={figure("last_cycle_completed")} held={stateHeld} />
          <NumberCell
            value={failed}
            tone={failed !== null && failed > 0 ? "failing" : undefined}
            held={stateHeld}
          />
          <NumberCell value={figure("last_cycle_duplicates")} held={stateHeld} />
          <NumberCell value={log.cycles} held={logHeld} testId={`cycles-${surface}`} />
          <NumberCell
            value={log.invalidLines}
            tone={log.invalidLines > 0 ? "degraded" : undefined}
            held={logHeld}
          />
        </tr>
        <tr onClick={(event) => openUnlessControl(event.target, surface)}>
          <td
            colSpan={columnCount - 2}
            className={classNames("px-2 pb-3 align-bottom", logHeld && "held hatched")}
          >
            <div className="flex h-5 items-center justify-between gap-3">
              <CycleStrip surface={surface} held={logHeld} />
              <DriverLine driver={view.driver} />
            </div>
            <LogLine log={log} held={logHeld} />
          </td>
        </tr>
      </tbody>
      {expanded && (
        <tbody className="border-b border-line last:border-b-0">
          <tr id={detailsId}>
            <td colSpan={columnCount} className="bg-canvas p-0 align-top">
              <HoldList view={view} />
            </td>
          </tr>
        </tbody>
      )}
    </>
  );
}

/** The whole row is a way to the surface's page, except what is a control of its own, or text being selected. */
function openUnlessControl(target: EventTarget, surface: SurfaceView["reading"]["surface"]): void {
  if (!(target instanceof Element) || target.closest("a, button, [tabindex]") !== null) return;
  if (window.getSelection()?.isCollapsed === false) return;
  navigate(surfaceRoute(surface));
}
