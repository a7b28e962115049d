import { RotateCw } from "lucide-react";
import { useState } from "react";
import type { SurfaceView } from "#contract/view";
import { formatBytes } from "../../format/number";
import { prettyRecord } from "../../format/record-text";
import { useRequest } from "../../state/use-request";
import { Age } from "../../ui/Age";
import { Button } from "../../ui/Button";
import { CodeView } from "../../ui/CodeView";
import { EmptyState, ErrorNotice, Notice } from "../../ui/Notice";
import { useHeld } from "../../ui/Provenance";
import { SkeletonLines } from "../../ui/Skeleton";

/** The state file as it is on disk, pretty or raw; the last text stays, grey, when it can no longer be read. */
export function StateFileTab(props: { readonly view: SurfaceView }) {
  const { freshness, surface } = props.view.reading;
  const [raw, setRaw] = useState(false);
  const revision = `${freshness.writtenUnixMs ?? 0}:${freshness.status}`;
  const { ask, asking, error, value } = useRequest("surface.state", { surface }, revision);
  const held = useHeld(freshness) || error !== null;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-3 border-b border-line bg-panel px-3">
        <span className="figure truncate text-muted">{value?.path ?? freshness.path}</span>
        {value !== null && (
          <span className="text-small whitespace-nowrap text-faint">
            <span className="figure">{formatBytes(value.bytes)}</span>, modified{" "}
            <Age unixMs={value.modifiedUnixMs} />, read <Age unixMs={value.readUnixMs} />
          </span>
        )}
        <span className="flex-1" />
        <Button look="quiet" aria-pressed={raw} onClick={() => setRaw(!raw)}>
          {raw ? "Show pretty" : "Show raw"}
        </Button>
        <Button look="quiet" onClick={ask} disabled={asking}>
          <RotateCw size={13} aria-hidden />
          Read again
        </Button>
      </div>
      {freshness.status === "unreadable" && (
        <Notice tone="failing" title="The state file cannot be trusted" className="m-2">
          <p className="figure text-small break-words text-muted">{freshness.detail}</p>
        </Notice>
      )}
      {error !== null &&
        (error.code === "not_found" ? (
          <EmptyState title="There is no state file">
            <p>{error.message}</p>
          </EmptyState>
        ) : (
          <ErrorNotice error={error} className="m-2" />
        ))}
      {value?.truncated === true && (
        <Notice
          tone="stale"
          title="Only the beginning is shown: the file is larger than 1 MiB."
          className="m-2"
        />
      )}
      {value === null && error === null && <SkeletonLines lines={10} />}
      {value !== null && (
        <CodeView label="State file" text={raw ? value.text : prettyRecord(value.text)} held={held} />
      )}
    </div>
  );
}
