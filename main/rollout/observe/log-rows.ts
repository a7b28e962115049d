import type { EventRow } from "#contract/requests";
import type { FollowedLog } from "../../watch/followed-log";
import { readRows } from "../../watch/event-rows";

/**
 * Lines of a followed log from disk, by number, those it can still browse. Rejects with a `BridgeError` of code `conflict`
 * when the log is another one by now.
 */
export function rowsOf(
  log: Pick<FollowedLog, "path" | "inode" | "fold">,
  lines: readonly number[],
  maximumText?: number,
): Promise<EventRow[]> {
  const places = lines.flatMap((line) => {
    const indexed = log.fold.index.at(line);
    return indexed === null ? [] : [{ line, byteOffset: indexed.byteOffset, bytes: indexed.bytes }];
  });
  return readRows(log.path, log.inode, places, maximumText);
}
