import { stat } from "node:fs/promises";

/** Something that differs whenever a file may have changed; compared, never interpreted. Never rejects. */
export async function fileFingerprint(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}
