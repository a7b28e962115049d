import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect } from "react";
import type { SurfaceView } from "#contract/view";
import { formatBytes, formatCount } from "../../format/number";
import { prettyRecord } from "../../format/record-text";
import { navigate, surfaceRoute } from "../../state/use-route";
import { useRequest } from "../../state/use-request";
import { Button } from "../../ui/Button";
import { CodeView } from "../../ui/CodeView";
import { ErrorNotice, Notice } from "../../ui/Notice";
import { SkeletonLines } from "../../ui/Skeleton";

/** One record of the log in full: where it stands, and what it says. */
export function EventDetail(props: { readonly view: SurfaceView; readonly line: number }) {
  const { line } = props;
  const { log, surface } = props.view.reading;
  const { error, value: row } = useRequest("surface.event", { surface, generation: log.generation, line });
  const go = (to: number | null): void => navigate(surfaceRoute(surface, "events", to));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // Escape closes the topmost thing first; a menu or dialog has taken it already.
      if (event.key === "Escape" && !event.defaultPrevented) navigate(surfaceRoute(surface, "events"));
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [surface]);
  return (
    <aside
      aria-label={`Line ${line}`}
      className="flex w-[42%] max-w-190 min-w-90 flex-col border-l border-line-strong bg-panel"
    >
      <header className="flex h-7 shrink-0 items-center justify-between border-b border-line pl-3">
        <h2 className="figure text-small">
          line {formatCount(line)}
          {row !== null && (
            <span className="text-muted">
              , byte {formatCount(row.byteOffset)}, {formatBytes(row.bytes)}
            </span>
          )}
        </h2>
        <span className="flex">
          <Button
            look="quiet"
            size="small-icon"
            aria-label="Older line"
            disabled={line <= 1}
            onClick={() => go(line - 1)}
          >
            <ChevronDown size={14} aria-hidden />
          </Button>
          <Button
            look="quiet"
            size="small-icon"
            aria-label="Newer line"
            disabled={line >= log.lines}
            onClick={() => go(line + 1)}
          >
            <ChevronUp size={14} aria-hidden />
          </Button>
          <Button look="quiet" size="small-icon" aria-label="Close the record" onClick={() => go(null)}>
            <X size={14} aria-hidden />
          </Button>
        </span>
      </header>
      {error !== null && <ErrorNotice error={error} className="m-2" />}
      {row === null && error === null && <SkeletonLines lines={6} />}
      {row !== null && row.problem !== "" && (
        <Notice tone="degraded" title={`Not a valid record: ${row.problem}`} className="m-2" />
      )}
      {row !== null && <CodeView label={`Record of line ${line}`} text={prettyRecord(row.text)} />}
    </aside>
  );
}
