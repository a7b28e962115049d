import { History, LayoutGrid, Wrench, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { surfaceIds, surfaceLabels, type SurfaceId } from "#contract/identity";
import { useConsole, useSurface, useSurfaces } from "../../state/console-store";
import { displayStatus, statusWords } from "../../state/display-status";
import { formatRoute, rolloutRoute, tosRoute, type Route } from "../../state/route";
import { surfaceRoute, useRoute } from "../../state/use-route";
import { RailNotices } from "./RailNotices";
import { RolloutEntry } from "../rollouts/RolloutEntry";
import { TosEntry } from "../tos/TosEntry";
import { Age } from "../../ui/Age";
import { classNames } from "../../ui/class-names";
import { gateTone } from "../../ui/GateBadge";
import { KeyCap } from "../../ui/KeyCap";
import { useHeld } from "../../ui/Provenance";
import { Skeleton } from "../../ui/Skeleton";
import { StatusGlyph, toneText } from "../../ui/StatusGlyph";

function RailLink(props: {
  readonly to: Route;
  readonly current: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <a
      href={formatRoute(props.to)}
      aria-current={props.current ? "page" : undefined}
      className={classNames(
        "flex border-l-2 pr-3 pl-2.5 hover:bg-hover",
        props.current ? "border-accent bg-accent-wash" : "border-transparent",
        props.className,
      )}
    >
      {props.children}
    </a>
  );
}

/** A place that is only a name: its glyph, and the keys that lead there. */
function RailPlace(props: {
  readonly to: Route;
  readonly current: boolean;
  readonly className?: string;
  readonly Glyph: LucideIcon;
  readonly label: string;
  readonly keys: readonly string[];
}) {
  const { Glyph, current, keys, label, to } = props;
  return (
    <RailLink to={to} current={current} className={classNames("h-8 items-center gap-2.5", props.className)}>
      <Glyph size={15} className="text-muted" aria-hidden />
      <span className="flex-1 truncate font-medium">{label}</span>
      <span className="flex gap-1">
        {keys.map((key) => (
          <KeyCap key={key}>{key}</KeyCap>
        ))}
      </span>
    </RailLink>
  );
}

function SurfaceEntry(props: {
  readonly surface: SurfaceId;
  readonly index: number;
  readonly current: boolean;
}) {
  const view = useSurface(props.surface);
  return (
    <RailLink to={surfaceRoute(props.surface)} current={props.current} className="h-12 items-center gap-2.5">
      {view === undefined ? <Skeleton className="w-3.5" /> : <EntryGlyph surface={props.surface} />}
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{surfaceLabels[props.surface]}</span>
        <span className="block truncate text-small text-muted">
          {view === undefined ? <Skeleton className="w-20" /> : <EntryLine surface={props.surface} />}
        </span>
      </span>
      <KeyCap>{String(props.index + 1)}</KeyCap>
    </RailLink>
  );
}

function EntryGlyph(props: { readonly surface: SurfaceId }) {
  const status = useConsole((state) => {
    const view = state.surfaces[props.surface];
    if (view === undefined) return "unknown" as const;
    return state.connection === "connected" ? displayStatus(view.reading) : ("stale" as const);
  });
  return <StatusGlyph status={status} size={16} label={statusWords[status]} />;
}

function EntryLine(props: { readonly surface: SurfaceId }) {
  const view = useSurface(props.surface);
  const held = useHeld(view?.reading.freshness ?? { status: "never-seen" });
  if (view === undefined) return null;
  const { gate, freshness } = view.reading;
  return (
    <>
      <span
        className={classNames(
          "font-semibold",
          gate === "hold" && toneText[held ? "stale" : gateTone(gate, displayStatus(view.reading))],
        )}
      >
        {gate === "pass" ? "Pass" : "Hold"}
      </span>
      {" · "}
      {freshness.writtenUnixMs === null ? "never read" : <Age unixMs={freshness.writtenUnixMs} />}
    </>
  );
}

/** The way round: workspace, overview, rollout, history, TOS, the five surfaces with state, gate and age, troubleshooting. */
export function Rail() {
  const route = useRoute();
  const workspace = useConsole((state) => state.workspace);
  const matched = useSurfaces().reduce(
    (count, view) => count + view.troubleshooting.filter((entry) => entry.matched).length,
    0,
  );
  return (
    <nav aria-label="Console" className="flex w-51 shrink-0 flex-col border-r border-line bg-panel">
      <div className="flex h-10 shrink-0 flex-col justify-center border-b border-line px-3">
        <span className="truncate font-semibold" title={workspace?.path}>
          {workspace === null ? <Skeleton className="w-28" /> : workspace.name}
        </span>
      </div>
      <RailPlace
        to={{ view: "overview" }}
        current={route.view === "overview"}
        className="mt-2"
        Glyph={LayoutGrid}
        label="Overview"
        keys={["g", "o"]}
      />
      <RailLink
        to={rolloutRoute(null)}
        current={route.view === "rollout" || route.view === "rollout-start"}
        className="h-12 items-center gap-2.5"
      >
        <RolloutEntry />
      </RailLink>
      <RailPlace
        to={{ view: "rollouts" }}
        current={route.view === "rollouts"}
        Glyph={History}
        label="History"
        keys={["g", "h"]}
      />
      <RailLink to={tosRoute()} current={route.view === "tos"} className="h-12 items-center gap-2.5">
        <TosEntry />
      </RailLink>
      <ul className="my-2 border-y border-line py-1">
        {surfaceIds.map((surface, index) => (
          <li key={surface}>
            <SurfaceEntry
              surface={surface}
              index={index}
              current={route.view === "surface" && route.surface === surface}
            />
          </li>
        ))}
      </ul>
      <RailLink
        to={{ view: "troubleshooting" }}
        current={route.view === "troubleshooting"}
        className="h-8 items-center gap-2.5"
      >
        <Wrench size={15} className="text-muted" aria-hidden />
        <span className="flex-1 truncate font-medium">Troubleshooting</span>
        {matched > 0 && (
          <span className="figure text-small text-degraded" title="Symptoms that match what is observed">
            {matched}
            <span className="sr-only"> matched</span>
          </span>
        )}
      </RailLink>
      <RailNotices />
    </nav>
  );
}
