import type { BigIntStats } from "node:fs";
import { constants } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { describeFileError, isAbsent } from "./file-problem";

/** A regular file opened for reading, with what tells it apart from another file of the same name. */
export interface OpenedFile {
  readonly handle: FileHandle;
  readonly inode: string;
  readonly size: number;
  readonly modifiedUnixMs: number;
}

export type OpenResult =
  | { readonly kind: "opened"; readonly file: OpenedFile }
  | { readonly kind: "absent" }
  | { readonly kind: "problem"; readonly problem: string };

const inodeOf = (stats: BigIntStats): string => `${stats.dev}:${stats.ino}`;

/**
 * Opens a regular file for reading; the caller closes it. Anything else (a directory, a pipe that would never answer,
 * a device) is a problem in words. Symbolic links are followed.
 */
export async function openForReading(path: string): Promise<OpenResult> {
  let handle: FileHandle | null = null;
  try {
    // Looked at before it is opened: opening a device may act on it.
    const before = await stat(path, { bigint: true });
    if (before.isDirectory()) return { kind: "problem", problem: "it is a directory, expected a file" };
    if (!before.isFile()) return { kind: "problem", problem: "it is not a regular file" };
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) {
      await handle.close();
      return { kind: "problem", problem: "it is not a regular file" };
    }
    return {
      kind: "opened",
      file: {
        handle,
        inode: inodeOf(stats),
        size: Number(stats.size),
        modifiedUnixMs: Math.max(0, Number(stats.mtimeNs / 1_000_000n)),
      },
    };
  } catch (error) {
    await handle?.close();
    return isAbsent(error) ? { kind: "absent" } : { kind: "problem", problem: describeFileError(error) };
  }
}

/** A text that changes whenever the file at `path` may have: for a look that must be cheap. Never rejects. */
export async function fileSignature(path: string): Promise<string> {
  try {
    const stats = await stat(path, { bigint: true });
    return `${inodeOf(stats)}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}:${stats.mode}`;
  } catch (error) {
    return isAbsent(error) ? "absent" : describeFileError(error);
  }
}

/** Reads `length` bytes at `position`, fewer only where the file ends. */
export async function readFully(
  handle: FileHandle,
  buffer: Buffer,
  offset: number,
  length: number,
  position: number,
): Promise<number> {
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, offset + done, length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
