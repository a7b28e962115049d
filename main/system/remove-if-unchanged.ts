import { randomUUID } from "node:crypto";
import { link, readFile, rename, unlink } from "node:fs/promises";

/**
 * Removes a file only while it says `text`: it is moved aside first and looked at there, so that no other process can
 * step between. What turns out to be another's is put back, unless its name has been taken meanwhile. A file that is not
 * there is no error; rejects with the system's error otherwise.
 */
export async function removeIfUnchanged(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.old`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, "utf8")) !== text) await link(aside, path);
    await unlink(aside);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") await unlink(aside);
    else if (code !== "ENOENT") throw error;
  }
}
