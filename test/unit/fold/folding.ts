import { EventFold } from "#domain/fold/event-fold";
import { countedCodes } from "#domain/fold/reason-code-sets";
import { readEventLine } from "#domain/fold/event-line";

export const decode = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");

export const newFold = (bounds?: { browsableLines?: number; historyCycles?: number }): EventFold =>
  new EventFold("log", decode, bounds);

/** Feeds text in one go, slice by slice as a caller must. */
export function feed(fold: EventFold, text: string, byteOffset = 0): void {
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length;) at = fold.region(bytes, at, bytes.length, byteOffset + at);
}

/** What the specification's few lines of pseudocode give for the same lines (spec/tau/health.md §4). */
export function foldBySpecification(lines: readonly string[]) {
  const counts = new Map<string, number>();
  const result = { cycles: 0, invalid: 0, lastCodes: [] as readonly string[], lastReason: "", counts };
  for (const text of lines) {
    const line = readEventLine(text);
    if (line.kind === "invalid") result.invalid += 1;
    if (line.kind !== "valid") continue;
    result.cycles += 1;
    result.lastCodes = line.reasonCodes;
    result.lastReason = line.healthReason;
    for (const code of countedCodes(line.reasonCodes)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return result;
}
