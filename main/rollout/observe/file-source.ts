import { isUtf8 } from "node:buffer";
import { setTimeout as delay } from "node:timers/promises";
import type { Source } from "#domain/rollout/sample/source";
import { contentStamp, openForReading, readFully } from "../../watch/file-identity";
import { describeFileError } from "../../watch/file-problem";

/** Largest file that is read whole, bytes. No evidence comes near this; a larger file is something else under its name. */
const maximumBytes = 16 * 1_048_576;
/** A writer that does not replace its file in one step is given this long to finish before its text is judged. */
const halfWrittenGraceMs = 40;

/** A whole file that may change while it is read; `path` absolute, `shownPath` as operators see it. Never rejects. */
export async function readSource(path: string, shownPath: string): Promise<Source> {
  const first = await readOnce(path, shownPath);
  if (first !== "changed") return first;
  await delay(halfWrittenGraceMs);
  const second = await readOnce(path, shownPath);
  return second === "changed"
    ? { kind: "unreadable", path: shownPath, problem: "it changes faster than it can be read" }
    : second;
}

/**
 * Takes a look at evidence, and another one a moment later where the first could not be used: it may have met a file that
 * was half written.
 */
export async function lookTwice<Evidence>(
  look: () => Promise<Evidence>,
  isUsable: (evidence: Evidence) => boolean,
): Promise<Evidence> {
  const first = await look();
  if (isUsable(first)) return first;
  await delay(halfWrittenGraceMs);
  return look();
}

async function readOnce(path: string, shownPath: string): Promise<Source | "changed"> {
  const unreadable = (problem: string): Source => ({ kind: "unreadable", path: shownPath, problem });
  const opened = await openForReading(path);
  if (opened.kind === "absent") return { kind: "missing", path: shownPath };
  if (opened.kind === "problem") return unreadable(opened.problem);
  const { handle, size, modifiedUnixMs, stamp } = opened.file;
  try {
    if (size > maximumBytes) return unreadable(`it has ${size} bytes; at most ${maximumBytes} are read`);
    const buffer = Buffer.allocUnsafe(size);
    const read = await readFully(handle, buffer, 0, size, 0);
    if (read !== size || (await contentStamp(handle)) !== stamp) return "changed";
    if (!isUtf8(buffer)) return unreadable("it is not UTF-8 text");
    return { kind: "text", path: shownPath, text: buffer.toString("utf8"), modifiedUnixMs };
  } catch (error) {
    return unreadable(describeFileError(error));
  } finally {
    await handle.close();
  }
}
