import { BridgeError } from "#contract/envelope";
import type { RequestOutput } from "#contract/requests";
import type { Clock } from "#domain/clock";
import { openForReading, readFully } from "./file-identity";
import { describeFileError } from "./file-problem";

const maximumBytes = 1_048_576;

/** The state file's text as it is on disk, whether it can be parsed or not. */
export async function readStateFile(
  path: string,
  shownPath: string,
  clock: Clock,
): Promise<RequestOutput<"surface.state">> {
  const opened = await openForReading(path);
  if (opened.kind === "absent") throw new BridgeError("not_found", `${shownPath} does not exist.`);
  if (opened.kind === "problem") throw new BridgeError("unreadable", `${shownPath}: ${opened.problem}`);
  const { handle, size, modifiedUnixMs } = opened.file;
  try {
    const buffer = Buffer.allocUnsafe(Math.min(size, maximumBytes));
    const read = await readFully(handle, buffer, 0, buffer.length, 0);
    return {
      path: shownPath,
      bytes: size,
      truncated: size > maximumBytes,
      modifiedUnixMs,
      readUnixMs: clock.nowUnixMs(),
      text: buffer.toString("utf8", 0, read),
    };
  } catch (error) {
    throw new BridgeError("unreadable", `${shownPath}: ${describeFileError(error)}`);
  } finally {
    await handle.close();
  }
}
