import { readFile, stat } from "node:fs/promises";
import { fileFingerprint } from "../system/file-fingerprint";

/** No settings file comes near this; a larger one is something else under its name. */
const maximumBytes = 1_048_576;

/** What stands under the settings file's name. `missing` is not a mistake: the defaults hold. */
export type SettingsText =
  { kind: "text"; text: string } | { kind: "missing" } | { kind: "unreadable"; problem: string };

const missingCodes = new Set(["ENOENT", "ENOTDIR"]);

/** Reads the settings file. Never rejects; says what is wrong instead. */
export async function readSettingsText(path: string): Promise<SettingsText> {
  try {
    const found = await stat(path);
    // A pipe under that name would be waited for, for ever.
    if (!found.isFile())
      return {
        kind: "unreadable",
        problem: "cannot be read: expected a regular file, found something else of that name",
      };
    const { size } = found;
    if (size > maximumBytes)
      return {
        kind: "unreadable",
        problem: `expected a settings file of at most ${maximumBytes} bytes, found ${size}`,
      };
    const bytes = await readFile(path);
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== undefined && missingCodes.has(code)) return { kind: "missing" };
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA")
      return { kind: "unreadable", problem: "expected UTF-8 text, found bytes that are not" };
    return { kind: "unreadable", problem: `cannot be read: ${message}` };
  }
}

/**
 * Calls back once at the start and after every change of the file. Polled, not notified: notifications do not cross network mounts, cannot
 * watch a directory that does not exist yet, and end with it; one `stat` each half second costs nothing.
 */
export function followSettingsFile(path: string, onChange: () => Promise<void>): () => void {
  const everyMs = 500;
  let seen = "";
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  async function look(): Promise<void> {
    const now = await fileFingerprint(path);
    if (stopped) return;
    if (now !== seen) {
      seen = now;
      await onChange();
    }
    if (!stopped) timer = setTimeout(() => void look(), everyMs).unref();
  }
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
