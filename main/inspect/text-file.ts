import { readFile } from "node:fs/promises";
import { getSystemErrorMap } from "node:util";
import { ContractError } from "#domain/contract-error";
import { decodeText } from "../strict-text";

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

/** An error of the operating system in its own short words; anything else as it is. */
export function systemReason(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { errno, code } = error as NodeJS.ErrnoException;
  const known = errno === undefined ? undefined : getSystemErrorMap().get(errno);
  return known === undefined ? error : Object.assign(new Error(`${known[1]} (${known[0]})`), { code });
}

/** True for an error that says a file or one of its folders does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === "ENOENT";
}
