import { randomUUID } from "node:crypto";
import { mkdir, open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Makes a rename or a new name in a directory survive a power cut; not every file system lets a directory be synced, and then nothing is lost but that. */
export async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows and some network file systems refuse to open a directory for this.
  }
}

/** Writes a file that must not be there yet, and waits until its content is on the disk. Rejects with the system's error. */
export async function writeNew(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const handle = await open(path, "wx", mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Replaces a file in one step: whoever reads it, and whenever this is killed, sees the old text or the new one.
 * Makes the directory when it is missing; `mode` is the file's, less the user's mask. Rejects with the system's error, leaving the file as it was.
 */
export async function writeDurable(path: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  const directory = dirname(path);
  await mkdir(directory, { recursive: true });
  const temporary = join(directory, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await writeNew(temporary, content, mode);
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncDirectory(directory);
}
