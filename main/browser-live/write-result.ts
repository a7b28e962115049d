import { ContractError } from "#domain/contract-error";
import { writeDurable } from "../system/write-durable";

/** Puts a whole new result file in place; the `ContractError` of a failure names the file. */
export async function writeResult(file: string, text: string): Promise<void> {
  try {
    await writeDurable(file, text);
  } catch (error) {
    throw new ContractError(`failed to write ${file}`, { cause: error });
  }
}
