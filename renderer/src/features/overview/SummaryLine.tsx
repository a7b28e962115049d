import type { SurfaceView } from "#contract/view";
import { useConsole } from "../../state/console-store";
import { summariseGates } from "../../state/summary";
import { formatRoute } from "../../state/route";
import { surfaceRoute } from "../../state/use-route";
import { Skeleton } from "../../ui/Skeleton";
import { classNames } from "../../ui/class-names";

/** One sentence for the whole panel: how many gates pass, how many hold, and which and why. */
export function SummaryLine(props: { readonly views: readonly SurfaceView[]; readonly ready: boolean }) {
  const connected = useConsole((state) => state.connection === "connected");
  if (!props.ready)
    return (
      <p className="flex h-7 items-center">
        <Skeleton className="w-64" />
      </p>
    );
  const { hold, held, pass } = summariseGates(props.views);
  return (
    <p
      className={classNames("flex h-7 min-w-0 shrink-0 items-center gap-2", !connected && "held")}
      aria-live="polite"
      data-testid="summary"
    >
      <span className="text-title font-semibold whitespace-nowrap">
        <span className="figure">{pass}</span> pass
        <span className="px-1.5 font-normal text-faint">·</span>
        <span className="figure">{hold}</span> hold
      </span>
      <span className="min-w-0 truncate text-muted">
        {held.map((surface, index) => (
          <span key={surface.surface}>
            {index > 0 && <span className="px-1.5 text-faint">·</span>}
            <a
              href={formatRoute(surfaceRoute(surface.surface))}
              className="font-medium text-ink hover:underline"
            >
              {surface.label}
            </a>
            {held.length <= 3 && `: ${surface.why}`}
          </span>
        ))}
        {hold === 0 && " Every surface passes: a promotion may continue."}
      </span>
    </p>
  );
}
