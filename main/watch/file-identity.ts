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
  /** Differs from that of the same open file later once its content may have changed (`contentStamp`). */
  readonly stamp: string;
}

/** `signature` is that of `fileSignature`, taken before anything is read. */
export type OpenResult = { readonly signature: string } & (
  | { readonly kind: "opened"; readonly file: OpenedFile }
  | { readonly kind: "absent" }
  | { readonly kind: "problem"; readonly problem: string }
);

/** One look at what stands at a path. */
export interface FileLook {
  /** Changes whenever the file may have. */
  readonly signature: string;
  /** Null when there is none, or when it cannot be looked at (the signature then says why). */
  readonly stats: BigIntStats | null;
}

const inodeOf = (stats: BigIntStats): string => `${stats.dev}:${stats.ino}`;

const stampOf = ({ size, mtimeNs }: BigIntStats): string => `${size}:${mtimeNs}`;

const signatureOf = (stats: BigIntStats): string =>
  `${inodeOf(stats)}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}:${stats.mode}`;

/** Looks at what stands at `path`. Never rejects. */
export async function lookAtFile(path: string): Promise<FileLook> {
  try {
    const stats = await stat(path, { bigint: true });
    return { signature: signatureOf(stats), stats };
  } catch (error) {
    return { signature: isAbsent(error) ? "absent" : describeFileError(error), stats: null };
  }
}

/** Differs once the content of an open file may have changed. */
export async function contentStamp(handle: FileHandle): Promise<string> {
  return stampOf(await handle.stat({ bigint: true }));
}

/**
 * Opens a regular file for reading; the caller closes it. Anything else (a directory, a pipe that would never answer,
 * a device) is a problem in words. Symbolic links are followed. `look` is one that was taken just now, if there is any.
 */
export async function openForReading(path: string, look?: FileLook): Promise<OpenResult> {
  // Looked at before it is opened: opening a device may act on it.
  const { signature, stats: before } = look ?? (await lookAtFile(path));
  const problem = (text: string): OpenResult => ({ kind: "problem", problem: text, signature });
  if (before === null) return signature === "absent" ? { kind: "absent", signature } : problem(signature);
  if (before.isDirectory()) return problem("it is a directory, expected a file");
  if (!before.isFile()) return problem("it is not a regular file");
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) {
      await handle.close();
      return problem("it is not a regular file");
    }
    return {
      kind: "opened",
      signature: signatureOf(stats),
      file: {
        handle,
        stamp: stampOf(stats),
        inode: inodeOf(stats),
        size: Number(stats.size),
        modifiedUnixMs: Math.max(0, Number(stats.mtimeNs / 1_000_000n)),
      },
    };
  } catch (error) {
    await handle?.close();
    return isAbsent(error) ? { kind: "absent", signature: "absent" } : problem(describeFileError(error));
  }
}

/** A text that changes whenever the file at `path` may have: for a look that must be cheap. Never rejects. */
export async function fileSignature(path: string): Promise<string> {
  return (await lookAtFile(path)).signature;
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
