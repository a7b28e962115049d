import { readFile } from "node:fs/promises";
import { getSystemErrorMap } from "node:util";
import { ContractError } from "#domain/contract-error";

/**
 * Text of a whole file. Rejects with `failed to read <what> <path>` and the reason beneath it, also when the bytes are
 * not UTF-8.
 */
export async function readTextFile(what: string, path: string): Promise<string> {
  try {
    return decodeText(await readFile(path));
  } catch (error) {
    throw new ContractError(`failed to read ${what} ${path}`, { cause: systemReason(error) });
  }
}

/** As `readTextFile`; null when there is no such file. */
export async function readTextFileIfPresent(what: string, path: string): Promise<string | null> {
  try {
    return await readTextFile(what, path);
  } catch (error) {
    if (error instanceof ContractError && isMissing(error.cause)) return null;
    throw error;
  }
}

/** Strict UTF-8; a byte order mark stays in the text, where JSON refuses it, as the reference does. */
export function decodeText(bytes: Uint8Array): string {
  return strictDecoder().decode(bytes);
}

export function strictDecoder(): InstanceType<typeof TextDecoder> {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
}

/** An error of the operating system or of decoding, in its own short words; anything else as it is. */
export function systemReason(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { errno, code } = error as NodeJS.ErrnoException;
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return new Error("stream did not contain valid UTF-8");
  const known = errno === undefined ? undefined : getSystemErrorMap().get(errno);
  return known === undefined ? error : Object.assign(new Error(`${known[1]} (${known[0]})`), { code });
}

/** True for an error that says a file or one of its folders does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === "ENOENT";
}
