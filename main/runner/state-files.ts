import { createHash } from "node:crypto";
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { ContractError } from "#domain/contract-error";

/**
 * The steps by which a cycle touches the disk, one system action each, so that a test can stop between any two.
 * Paths are absolute. Errors are the file system's own.
 */
export interface StateFiles {
  makeDirectory(directory: string): void;
  /** Adds bytes at the end, whoever else writes there, and waits until they are on the disk. */
  append(file: string, bytes: Uint8Array): void;
  /** Writes a whole new file and waits until it is on the disk. */
  write(file: string, text: string): void;
  rename(from: string, to: string): void;
  remove(file: string): void;
  /** Waits until names made or removed in a directory are on the disk. */
  syncDirectory(directory: string): void;
}

/** The machine's disk. */
export const diskFiles: StateFiles = {
  makeDirectory: (directory) => void mkdirSync(directory, { recursive: true }),
  append: (file, bytes) => withFile(file, "a", (descriptor) => writeAll(descriptor, bytes)),
  write: (file, text) => withFile(file, "w", (descriptor) => writeAll(descriptor, Buffer.from(text))),
  rename: renameSync,
  remove: (file) => rmSync(file, { force: true }),
  syncDirectory(directory) {
    const descriptor = openSync(directory, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  },
};

function withFile(file: string, flags: string, work: (descriptor: number) => void): void {
  const descriptor = openSync(file, flags);
  try {
    work(descriptor);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

/** The whole file as bytes; null when there is none. A `ContractError` names the file when it cannot be read. */
export function readIfPresent(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (isMissing(error)) return null;
    throw new ContractError(`failed to read ${file}`, { cause: error });
  }
}

/** Bytes from `offset` to the end, and the byte before them; null when there is no such file. */
export function readTail(
  file: string,
  offset: number,
): { readonly before: number | null; readonly tail: Buffer } | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    if (isMissing(error)) return null;
    throw new ContractError(`failed to read ${file}`, { cause: error });
  }
  try {
    const { size } = fstatSync(descriptor);
    // A file that shrank was truncated or replaced by somebody else: then all of it is new.
    const start = offset <= size ? offset : 0;
    const from = Math.max(0, start - 1);
    const bytes = Buffer.alloc(size - from);
    let read = 0;
    while (read < bytes.length) {
      const count = readSync(descriptor, bytes, read, bytes.length - read, from + read);
      if (count === 0) break;
      read += count;
    }
    const present = bytes.subarray(0, read);
    return start === 0
      ? { before: null, tail: present }
      : { before: present[0] ?? null, tail: present.subarray(1) };
  } finally {
    closeSync(descriptor);
  }
}

/** Size of a regular file in bytes; 0 when there is none. A `ContractError` names a path that is something else. */
export function fileSize(file: string): number {
  let stats;
  try {
    stats = statSync(file);
  } catch (error) {
    if (isMissing(error)) return 0;
    throw new ContractError(`failed to read ${file}`, { cause: error });
  }
  if (!stats.isFile()) throw new ContractError(`${file}: expected a regular file`);
  return stats.size;
}

/** Hexadecimal SHA-256 of text or bytes. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Name of the file that is written before it takes the place of `file` (spec/tau/surfaces.md §0). */
export function temporaryName(file: string, unixMs: number): string {
  const name = `.${path.basename(file)}.tmp-${process.pid}-${Math.floor(unixMs / 1000)}`;
  return path.join(path.dirname(file), name);
}

export function isMissing(error: unknown): boolean {
  return errorCodeOf(error) === "ENOENT";
}

/** The system's name of an error, like `EACCES`; "" when it has none. */
export function errorCodeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
