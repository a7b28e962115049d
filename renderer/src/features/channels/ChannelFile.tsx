import { useState } from "react";
import type { SurfaceId } from "#contract/identity";
import { formatBytes } from "../../format/number";
import { prettyRecord } from "../../format/record-text";
import { useRequest } from "../../state/use-request";
import { Age } from "../../ui/Age";
import { Button } from "../../ui/Button";
import { CodeView } from "../../ui/CodeView";
import { ErrorNotice } from "../../ui/Notice";
import { SkeletonLines } from "../../ui/Skeleton";

const partBytes = 262_144;

/** Each line of a JSON-lines file is pretty where it stands alone; other files come as they are. */
function prettyFile(path: string, text: string): string {
  return path.endsWith(".json") ? prettyRecord(text) : text;
}

/** One file of the channel store, a part at a time. */
export function ChannelFile(props: {
  readonly surface: SurfaceId;
  readonly file: { readonly path: string; readonly bytes: number; readonly modifiedUnixMs: number };
}) {
  const { file, surface } = props;
  const [offset, setOffset] = useState(0);
  const { error, value } = useRequest(
    "channels.read",
    { surface, path: file.path, offset, limit: partBytes },
    file.modifiedUnixMs,
  );
  const parts = Math.max(1, Math.ceil(file.bytes / partBytes));
  const part = Math.floor(offset / partBytes) + 1;
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      <div className="flex h-8 shrink-0 items-center gap-3 border-b border-line bg-panel px-3">
        <span className="figure min-w-0 truncate">{file.path}</span>
        <span className="text-small whitespace-nowrap text-faint">
          <span className="figure">{formatBytes(file.bytes)}</span>, modified{" "}
          <Age unixMs={file.modifiedUnixMs} />
          {value !== null && (
            <>
              , read <Age unixMs={value.readUnixMs} />
            </>
          )}
        </span>
        {parts > 1 && (
          <span className="ml-auto flex items-center gap-1 text-small whitespace-nowrap text-muted">
            <Button
              look="quiet"
              size="small"
              disabled={part === 1}
              onClick={() => setOffset(offset - partBytes)}
            >
              Previous part
            </Button>
            <span className="figure">
              {part}/{parts}
            </span>
            <Button
              look="quiet"
              size="small"
              disabled={part >= parts}
              onClick={() => setOffset(offset + partBytes)}
            >
              Next part
            </Button>
          </span>
        )}
      </div>
      {error !== null && <ErrorNotice error={error} className="m-2" />}
      {value === null && error === null && <SkeletonLines lines={8} />}
      {value !== null && <CodeView label={file.path} text={prettyFile(file.path, value.text)} />}
    </div>
  );
}
