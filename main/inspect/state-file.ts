import { withContext } from "#domain/contract-error";
import { type InspectedState, parseInspectedState } from "#domain/inspect/status/report";
import { readTextFile } from "./text-file";

/** Reads and parses a state file for inspection (spec/tau/health.md §3); rejects with what failed and why. */
export async function readInspectedState(path: string): Promise<InspectedState> {
  const text = await readTextFile("state file", path);
  return withContext(`failed to parse state file ${path}`, () => parseInspectedState(text));
}
