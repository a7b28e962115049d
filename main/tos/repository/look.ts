import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readlink } from "node:fs/promises";
import type { BytePath } from "#domain/tos/repository/byte-path";
import { diskPath } from "./disk-path";
import type { RepositoryPlace } from "./place";

/** What stands at a path, without following a symbolic link. */
export interface Look {
  readonly kind: "none" | "file" | "symlink" | "directory" | "other";
  readonly bytes: number;
  /** Permissions, for example `0o644`. */
  readonly mode: number;
  /** Changes whenever the thing is written, replaced or given other permissions. */
  readonly signature: string;
}

const nothing: Look = { kind: "none", bytes: 0, mode: 0, signature: "none" };

/** Looks at a path. What cannot be reached, for example because a file stands where a folder should, is not there. */
export async function lookAt(place: RepositoryPlace, path: BytePath): Promise<Look> {
  try {
    const found = await lstat(diskPath(place.top, path), { bigint: true });
    const kind = found.isFile()
      ? "file"
      : found.isSymbolicLink()
        ? "symlink"
        : found.isDirectory()
          ? "directory"
          : "other";
    return {
      kind,
      bytes: Number(found.size),
      mode: Number(found.mode) & 0o7777,
      signature: `${found.mode}:${found.size}:${found.ino}:${found.mtimeNs}`,
    };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return nothing;
    throw error;
  }
}

export async function signatureOf(place: RepositoryPlace, path: BytePath): Promise<string> {
  return (await lookAt(place, path)).signature;
}

/** Name git would give the bytes of a file (of a link: its target) as they are, without any filter. */
export async function blobName(place: RepositoryPlace, path: BytePath, look: Look): Promise<string> {
  const hash = createHash(place.objectFormat);
  if (look.kind === "symlink") {
    const target = await readlink(diskPath(place.top, path), { encoding: "buffer" });
    return hash.update(`blob ${target.length}\0`).update(target).digest("hex");
  }
  hash.update(`blob ${look.bytes}\0`);
  for await (const piece of createReadStream(diskPath(place.top, path))) hash.update(piece as Buffer);
  return hash.digest("hex");
}

/** Permissions that git gives a file it writes: those of everybody's, less the account's mask. */
export function defaultMode(mode: number): number {
  const executable = (mode & 0o100) !== 0;
  return (executable ? 0o777 : 0o666) & ~process.umask();
}
