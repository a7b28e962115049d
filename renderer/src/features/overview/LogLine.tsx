import type { EventLogView } from "#contract/reading";
import { formatBytes } from "../../format/number";
import { classNames } from "../../ui/class-names";

/** Last reason codes of a log; while a large log is read for the first time, how far that has come. */
export function LogLine(props: { readonly log: EventLogView; readonly held: boolean }) {
  const { log } = props;
  if (log.progress !== null) {
    const { readBytes, totalBytes } = log.progress;
    return (
      <div className="flex h-5 items-center gap-2 text-small text-muted">
        <progress
          value={readBytes}
          max={Math.max(1, totalBytes)}
          aria-label="Reading the log"
          className="h-1 w-40"
        />
        <span className="figure">
          reading {formatBytes(readBytes)} of {formatBytes(totalBytes)}
        </span>
      </div>
    );
  }
  const codes = log.lastReasonCodes;
  return (
    <p
      className={classNames(
        "figure h-5 truncate text-small leading-5",
        props.held ? "text-stale" : "text-muted",
      )}
      title={codes.join("\n")}
    >
      {codes.length > 0 ? codes.join("  ") : log.lines === 0 ? "no cycles logged" : "no reason codes"}
    </p>
  );
}
