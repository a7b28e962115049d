import { resolve } from "node:path";
import { openFile } from "./read-file";

/** Values shorter than this are no keys; they would be found by accident. */
const shortestKey = 8;
/** A file is searched up to here. */
const maximumSearchedBytes = 67_108_864;
const pieceBytes = 1_048_576;

/** An API key's name and the bytes it may stand as in a file. Never written, never shown. */
export interface SoughtKey {
  readonly name: string;
  readonly forms: readonly Buffer[];
}

/** What to look for; values too short to be keys are left out. */
export function soughtKeys(values: Readonly<Record<string, string>>): SoughtKey[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (value.length < shortestKey) return [];
    const inJson = JSON.stringify(value).slice(1, -1);
    return [{ name, forms: [...new Set([value, inJson])].map((form) => Buffer.from(form)) }];
  });
}

/** Names of the keys whose values stand in the bytes. */
export function keysIn(bytes: Buffer, keys: readonly SoughtKey[]): string[] {
  return keys.filter(({ forms }) => forms.some((form) => bytes.includes(form))).map(({ name }) => name);
}

/** Names of the keys whose values stand in a file of any size, and whether it was searched to its end. Never rejects. */
export async function keysInFile(
  root: string,
  path: string,
  keys: readonly SoughtKey[],
): Promise<{ readonly found: readonly string[]; readonly complete: boolean }> {
  const found = new Set<string>();
  const overlap = Math.max(0, ...keys.flatMap(({ forms }) => forms.map((form) => form.length - 1)));
  const piece = Buffer.alloc(pieceBytes + overlap);
  try {
    const handle = await openFile(resolve(root, path));
    try {
      let kept = 0;
      for (let position = 0; position < maximumSearchedBytes;) {
        const { bytesRead } = await handle.read(piece, kept, pieceBytes, position);
        if (bytesRead === 0) return { found: [...found], complete: true };
        position += bytesRead;
        const filled = kept + bytesRead;
        for (const name of keysIn(piece.subarray(0, filled), keys)) found.add(name);
        // A value may lie across the border of two pieces.
        kept = Math.min(overlap, filled);
        piece.copyWithin(0, filled - kept, filled);
      }
      return { found: [...found], complete: false };
    } finally {
      await handle.close();
    }
  } catch {
    return { found: [...found], complete: false };
  }
}
