import { join } from "node:path";
import type { BytePath } from "#domain/tos/repository/byte-path";
import { relativeTo } from "#domain/tos/repository/byte-path";
import type { RepositoryPlace } from "./place";

/** A path of the repository as the file system takes it, byte for byte. */
export function diskPath(folder: string, path: BytePath): Buffer {
  if (process.platform === "win32") return Buffer.from(join(folder, textOfPath(path)));
  return Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path, "latin1")]);
}

/**
 * A path as text. Bytes that are no UTF-8 are printed as `%XX`, and so is `%` in such a name, which keeps two different
 * names different.
 */
export function textOfPath(path: BytePath): string {
  const bytes = Buffer.from(path, "latin1");
  const text = bytes.toString("utf8");
  if (Buffer.from(text, "utf8").equals(bytes)) return text;
  return path.replaceAll(
    /[%\u0080-\u00ff]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

/** The path of a text that came from outside: its UTF-8 bytes, `/` between its parts. */
export function pathOfText(text: string): BytePath {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** How a window and a command line call a path of the repository: relative to the project's folder. */
export function shownPath(place: RepositoryPlace, path: BytePath): string {
  return textOfPath(relativeTo(place.prefix, path));
}

/** A path as a record on the disk holds it: readable, and the same bytes when it is read again. */
export function recordedPath(path: BytePath): string {
  const text = Buffer.from(path, "latin1").toString("utf8");
  if (pathOfText(text) === path) return text.replaceAll("%", "%25");
  return textOfPath(path);
}

/** The path of a record. */
export function pathOfRecord(text: string): BytePath {
  return pathOfText(text).replaceAll(/%([0-9A-F]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
