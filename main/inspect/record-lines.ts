import { readFile } from "node:fs/promises";
import { ContractError } from "#domain/contract-error";
import type { RecordLine } from "#domain/inspect/channel-records";
import { isBlank } from "#domain/text";
import { decodeText } from "../strict-text";
import { systemReason } from "./text-file";

const newline = 0x0a;

/** The lines of a JSONL file, each with its record; blank lines are left out. Bytes that are not UTF-8 spoil only their line. */
export async function readRecordLines<Item>(
  path: string,
  read: (text: string) => Item,
): Promise<RecordLine<Item>[]> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new ContractError(`failed to read ${path}`, { cause: systemReason(error) });
  });
  const lines: RecordLine<Item>[] = [];
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    const line = readLine(bytes.subarray(start, end), read);
    if (line !== null) lines.push(line);
    start = end + 1;
  }
  return lines;
}

function readLine<Item>(bytes: Uint8Array, read: (text: string) => Item): RecordLine<Item> | null {
  try {
    const text = decodeText(bytes);
    return isBlank(text) ? null : { bytes, record: read(text) };
  } catch {
    return { bytes, record: null };
  }
}
