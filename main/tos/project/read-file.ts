import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { TextFile } from "#domain/tos/governance/project-reading";
import { describeFileError, isAbsent } from "../../watch/file-problem";

/** No file of a project comes near this; of a larger one nothing is kept, so that it cannot exhaust the memory. */
export const maximumFileBytes = 4_194_304;

/** What is shown of a file that is too large, in bytes. */
const shownBeginning = 1_048_576;

/** A file, and its bytes for whoever must look at them as they are; null when missing, unreadable or too large. */
export interface RawFile {
  readonly file: TextFile;
  readonly bytes: Buffer | null;
}

/**
 * What becomes of a byte order mark: the orchestrator refuses one (spec/tos/orchestrator.md §3), the launcher's own files
 * have one (spec/tos/launcher.md, head).
 */
export type ByteOrderMark = "kept" | "taken off";

// A pipe under the file's name would otherwise be waited for. Windows has neither.
const readWithoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Path of a file as it is shown: relative to the root with `/`, absolute when it is not below the root. */
export function shownPath(root: string, path: string): string {
  const absolute = resolve(root, path);
  const below = relative(root, absolute);
  return below.startsWith("..") || isAbsolute(below) ? absolute : below.split(sep).join("/");
}

/** Opens a file that must be one: not a folder, not a pipe. Rejects with the system's error, or one that says so. */
export async function openFile(path: string): Promise<FileHandle> {
  const handle = await open(path, readWithoutWaiting);
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) throw new Error("expected a file, found a folder");
    if (!stats.isFile()) throw new Error("expected a file, found something else (a pipe, a device)");
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Reads a file of a project; `path` is joined to the root as the orchestrator joins it. Never rejects. */
export async function readTextFile(root: string, path: string, mark: ByteOrderMark): Promise<RawFile> {
  const shown = shownPath(root, path);
  const file: TextFile = {
    path: shown,
    state: "unreadable",
    text: "",
    bytes: 0,
    modifiedUnixMs: 0,
    problem: "",
  };
  try {
    const handle = await openFile(resolve(root, path));
    try {
      const { size, mtimeMs } = await handle.stat();
      const found = { ...file, bytes: size, modifiedUnixMs: Math.max(0, Math.floor(mtimeMs)) };
      if (size > maximumFileBytes) {
        const beginning = Buffer.alloc(shownBeginning);
        const { bytesRead } = await handle.read(beginning, 0, shownBeginning, 0);
        const problem = `${shown}: expected at most ${maximumFileBytes} bytes, found ${size}; only its beginning is shown`;
        return {
          file: { ...found, text: asFarAsText(beginning.subarray(0, bytesRead)), problem },
          bytes: null,
        };
      }
      const bytes = await handle.readFile();
      const text = decode(bytes, mark);
      if (text === null)
        return {
          file: {
            ...found,
            text: asFarAsText(bytes),
            problem: `${shown}: expected UTF-8 text, found bytes that are not`,
          },
          bytes,
        };
      return { file: { ...found, state: "read", text }, bytes };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isAbsent(error)) return { file: { ...file, state: "missing" }, bytes: null };
    return { file: { ...file, problem: `${shown}: ${describeFileError(error)}` }, bytes: null };
  }
}

/** For people to look at, with marks where it is no text. */
function asFarAsText(bytes: Buffer): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

function decode(bytes: Buffer, mark: ByteOrderMark): string | null {
  // PowerShell's own redirection writes UTF-16.
  const wide = mark === "taken off" && bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const decoder = new TextDecoder(wide ? "utf-16le" : "utf-8", { fatal: true, ignoreBOM: mark === "kept" });
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
