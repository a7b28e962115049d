import { RotateCw } from "lucide-react";
import { useState } from "react";
import type { SurfaceView } from "#contract/view";
import { formatCounted } from "../../format/number";
import { useRequest } from "../../state/use-request";
import { Age } from "../../ui/Age";
import { Button } from "../../ui/Button";
import { EmptyState, ErrorNotice } from "../../ui/Notice";
import { SkeletonLines } from "../../ui/Skeleton";
import { ChannelFile } from "./ChannelFile";
import { ChannelTree } from "./ChannelTree";

/** The channel store: its channels and files at the left, the chosen file at the right. */
export function ChannelsTab(props: { readonly view: SurfaceView }) {
  const { health, surface } = props.view.reading;
  const { ask, asking, error, value } = useRequest(
    "channels.list",
    { surface },
    health?.updated_unix_ms ?? 0,
  );
  const [path, setPath] = useState<string | null>(null);
  if (error !== null && value === null) return <ErrorNotice error={error} className="m-2" />;
  if (value === null) return <SkeletonLines lines={8} />;
  const file = value.channels.flatMap((channel) => channel.files).find((known) => known.path === path);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-3 border-b border-line bg-panel px-3">
        <span className="figure truncate text-muted">{value.root}</span>
        <span className="text-small whitespace-nowrap text-faint">
          {formatCounted(value.channels.length, "channel")}, read <Age unixMs={value.readUnixMs} />
        </span>
        <span className="flex-1" />
        <Button look="quiet" onClick={ask} disabled={asking}>
          <RotateCw size={13} aria-hidden />
          Read again
        </Button>
      </div>
      {error !== null && <ErrorNotice error={error} className="m-2" />}
      {value.channels.length === 0 ? (
        <EmptyState title="The channel store is empty">
          <p>A runner writes a channel here when a case has been processed.</p>
        </EmptyState>
      ) : (
        <div className="flex min-h-0 flex-1">
          <ChannelTree channels={value.channels} chosen={path} onChoose={setPath} />
          {file === undefined ? (
            <EmptyState title="No file chosen">
              <p>Pick a log, a context, MEMORY.md or an artifact of a channel.</p>
            </EmptyState>
          ) : (
            <ChannelFile key={file.path} surface={surface} file={file} />
          )}
        </div>
      )}
    </div>
  );
}
