import { createHash } from "node:crypto";
import { maximumLineBytes } from "#domain/fold/event-fold";
import { openForReading, readFully } from "../../watch/file-identity";

const newline = 0x0a;
const firstBytes = 4_096;

/**
 * SHA-256 (hexadecimal) of a log's first line without its newline, of its first mebibyte where it is longer; "" while no
 * line is whole. Null when the file is not the one with this `inode` any more. Rejects with the system's error.
 */
export async function firstLineDigest(path: string, inode: string): Promise<string | null> {
  const opened = await openForReading(path);
  if (opened.kind !== "opened") return null;
  const { handle, inode: found } = opened.file;
  try {
    if (found !== inode) return null;
    for (let length = firstBytes; ; length = Math.min(length * 16, maximumLineBytes)) {
      const buffer = Buffer.allocUnsafe(length);
      const bytes = buffer.subarray(0, await readFully(handle, buffer, 0, length, 0));
      const end = bytes.indexOf(newline);
      if (end < 0 && bytes.length < length) return "";
      if (end >= 0 || length === maximumLineBytes)
        return createHash("sha256")
          .update(end < 0 ? bytes : bytes.subarray(0, end))
          .digest("hex");
    }
  } finally {
    await handle.close();
  }
}
