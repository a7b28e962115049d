import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { ContractError } from "#domain/contract-error";
import { temporaryName } from "../runner/state-files";

/** Puts a whole new file in place, making its folders; a reader sees the old text or the new and nothing between. */
export async function replaceFile(file: string, text: string, nowUnixMs: number): Promise<void> {
  const temporary = temporaryName(file, nowUnixMs);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(temporary, "w");
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new ContractError(`failed to write ${file}`, { cause: error });
  }
}
