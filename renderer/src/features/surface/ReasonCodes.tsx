import { Flag, FlagOff } from "lucide-react";
import { useState } from "react";
import { surfaceLabels } from "#contract/identity";
import type { SurfaceView } from "#contract/view";
import { formatCount } from "../../format/number";
import { formatTimestamp } from "../../format/time";
import { hostClient } from "../../state/console-store";
import { Age } from "../../ui/Age";
import { Button } from "../../ui/Button";
import { Figure } from "../../ui/Figure";
import { announceFailure } from "../../ui/notices";
import { EmptyState } from "../../ui/Notice";
import { ColumnHead } from "../../ui/ColumnHead";

function MarkControls(props: { readonly view: SurfaceView }) {
  const { log, surface } = props.view.reading;
  const [asking, setAsking] = useState(false);
  const ask = (name: "surface.mark" | "surface.clearMark"): void => {
    setAsking(true);
    hostClient()
      .request(name, { surface })
      .catch((error: unknown) =>
        announceFailure(`${surfaceLabels[surface]}: the mark was not changed`, error),
      )
      .finally(() => setAsking(false));
  };
  return (
    <div className="flex h-9 items-center gap-2 border-b border-line px-3">
      <Button onClick={() => ask("surface.mark")} disabled={asking} className="h-6">
        <Flag size={13} aria-hidden />
        {log.mark === null ? "Set mark" : "Move mark to now"}
      </Button>
      {log.mark !== null && (
        <Button onClick={() => ask("surface.clearMark")} disabled={asking} className="h-6" look="quiet">
          <FlagOff size={13} aria-hidden />
          Clear mark
        </Button>
      )}
      <p className="min-w-0 truncate text-small text-muted">
        {log.mark === null ? (
          "A mark counts from now on as well as in total."
        ) : (
          <>
            Marked <Age unixMs={log.mark.setUnixMs} />, after line{" "}
            <span className="figure">{formatCount(log.mark.afterLine)}</span>
            <span className="sr-only"> ({formatTimestamp(log.mark.setUnixMs)} UTC)</span>
            {log.mark.invalidated && (
              <span className="text-degraded"> · the log was replaced since; counted from its beginning</span>
            )}
          </>
        )}
      </p>
    </div>
  );
}

/** How often each reason code was reported, once per cycle, in total and since the mark. */
export function ReasonCodes(props: { readonly view: SurfaceView }) {
  const { log } = props.view.reading;
  const rows = Object.entries(log.reasonCodeCounts).sort(
    ([leftCode, left], [rightCode, right]) => right - left || (leftCode < rightCode ? -1 : 1),
  );
  const marked = log.mark !== null;
  return (
    <>
      <MarkControls view={props.view} />
      {rows.length === 0 ? (
        <EmptyState title="No reason codes yet">
          <p>Each cycle that reports a code counts it once.</p>
        </EmptyState>
      ) : (
        <table className="w-full table-fixed" aria-label="Reason codes">
          <colgroup>
            <col />
            <col className="w-24" />
            <col className="w-28" />
            <col className="w-28" />
          </colgroup>
          <thead className="text-small text-muted">
            <tr className="h-7 border-b border-line">
              <ColumnHead className="px-3">Code</ColumnHead>
              <ColumnHead className="px-3">Last cycle</ColumnHead>
              <ColumnHead figures className="px-3">
                Since mark
              </ColumnHead>
              <ColumnHead figures className="px-3">
                Total
              </ColumnHead>
            </tr>
          </thead>
          <tbody>
            {rows.map(([code, total]) => (
              <tr key={code} className="h-7 border-b border-line last:border-b-0">
                <th scope="row" className="figure truncate px-3 text-left font-normal" title={code}>
                  {code}
                </th>
                <td className="px-3 text-muted">{log.lastReasonCodes.includes(code) ? "reported" : ""}</td>
                <td className="px-3 text-right" data-testid={`since-mark-${code}`}>
                  {marked ? (
                    <Figure value={log.sinceMark[code] ?? 0} />
                  ) : (
                    <span className="text-faint" aria-label="no mark">
                      –
                    </span>
                  )}
                </td>
                <td className="px-3 text-right" data-testid={`total-${code}`}>
                  <Figure value={total} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
