import { createReadStream } from "node:fs";
import { ContractError } from "#domain/contract-error";
import { type EventLogSummary, EventLogTally } from "#domain/inspect/event-log";
import { StrictTextStream } from "../strict-text";
import { isMissing, systemReason } from "./text-file";

/**
 * Folds `runtime-events.jsonl` from front to back without holding it in memory. A missing log is an empty one; bytes
 * that are not UTF-8 anywhere in it are an error (spec/tau/health.md §4).
 */
export async function readEventsLog(path: string): Promise<EventLogSummary> {
  const tally = new EventLogTally();
  const decoder = new StrictTextStream();
  let rest = "";
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 })) {
      const lines = (rest + decoder.next(chunk as Uint8Array)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) tally.line(line);
    }
    tally.line(rest + decoder.last());
  } catch (error) {
    if (isMissing(error)) return tally.summary(false);
    throw new ContractError(`failed to read events log ${path}`, { cause: systemReason(error) });
  }
  return tally.summary(true);
}
