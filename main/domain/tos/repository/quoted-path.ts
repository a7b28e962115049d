import type { BytePath } from "./byte-path";

/** A path in git's C style, between double quotes: everything but plain printable characters as three octal digits. */
export function quotedPath(path: BytePath): string {
  const inside = path.replaceAll(
    /[^\x20-\x7e]|["\\]/g,
    (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
  return `"${inside}"`;
}
