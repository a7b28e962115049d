import { randomUUID } from "node:crypto";
import { link, mkdir, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { writeNew } from "./write-durable";

/**
 * Makes a file that is not there yet; false when there is one. The whole file appears at once, on disk, or not at all,
 * and of all that try exactly one succeeds: it is written aside and linked to its name, which fails if that is taken.
 * `mode` is the file's, less the user's mask. Rejects with the system's error, leaving nothing behind.
 */
export async function createOnce(path: string, content: string, mode = 0o666): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeNew(temporary, content, mode);
    await link(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    // A full disk leaves an empty file behind.
    await unlink(temporary).catch(() => undefined);
  }
}
