import { CornerDownRight } from "lucide-react";
import type { RecordReference } from "#contract/reading";
import type { SurfaceView } from "#contract/view";
import { formatCount } from "../format/number";
import { firstLine } from "../format/record-text";
import { navigate, surfaceRoute } from "../state/use-route";
import type { Route } from "../state/route";
import { fileName } from "./Provenance";
import { Hint } from "./Hint";

/** Where a record can be looked at: its line of the log, the live run, or the state file. */
export function recordRoute(view: SurfaceView, record: RecordReference): Route {
  const { surface, log, live } = view.reading;
  if (record.path === log.freshness.path) return surfaceRoute(surface, "events", record.line);
  if (live !== null && record.path === live.freshness.path) return surfaceRoute(surface, "live");
  return surfaceRoute(surface, "state");
}

/** A link to the one record that decided something. */
export function RecordLink(props: { readonly view: SurfaceView; readonly record: RecordReference }) {
  const { record, view } = props;
  return (
    <Hint
      content={
        <span className="figure block break-all">
          {record.path}
          {record.line === null ? "" : `, line ${formatCount(record.line)}`}
          {record.byteOffset === null ? "" : `, byte ${formatCount(record.byteOffset)}`}
          <br />
          <span className="text-muted">{firstLine(record.text, 240)}</span>
        </span>
      }
    >
      <button
        type="button"
        className="figure inline-flex min-w-0 items-center gap-1 text-small text-accent hover:underline"
        onClick={() => navigate(recordRoute(view, record))}
      >
        <CornerDownRight size={12} className="shrink-0" aria-hidden />
        <span className="truncate">{fileName(record.path)}</span>
        {record.line !== null && <span className="-ml-1 shrink-0">:{record.line}</span>}
      </button>
    </Hint>
  );
}
