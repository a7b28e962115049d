import type { SurfaceId } from "#contract/identity";
import type { RecordReference } from "#contract/reading";
import type { Occurrence, SurfaceSample } from "#contract/rollout/observation";
import { sampleLogPath } from "./observation";
import type { LogFile } from "./world";
import { place, slot } from "./world-records";

/** What the sampler keeps of one code: its newest lines, so many at most. */
const keptLines = 20;

/** What a log gives a sample. */
export type LogPart = Pick<SurfaceSample, "log" | "cycles" | "counts" | "occurrences">;

/** The log as it stands at a cut: its lines with the number of their generation, or why there are none. */
function linesAt(
  log: LogFile,
  cut: number,
  isLast: boolean,
): { generation: number; lines: string[][] } | string {
  const lines = log.lines.slice(0, log.cuts[cut] ?? 0);
  if (!isLast || log.trouble === "whole") return { generation: 0, lines };
  if (log.trouble === "renewed") return { generation: 1, lines: log.renewed };
  if (log.trouble === "cut-short")
    return { generation: 0, lines: [...lines.slice(0, log.shortLines), ...log.renewed] };
  return log.trouble;
}

const derivedLines = new WeakMap<readonly string[], RecordReference>();

/** The record of one line, derived once for a place: a line that changes is another. */
function lineRecord(
  path: string,
  generation: number,
  number: number,
  reason_codes: readonly string[],
): RecordReference {
  const known = derivedLines.get(reason_codes);
  if (known?.line === number) return known;
  const record = place(path, number, { cycle: `${generation}-${number}`, reason_codes });
  derivedLines.set(reason_codes, record);
  return record;
}

/** Logs that were derived before: a world is never changed, a changed one is another. */
const derivedLogs = new WeakMap<LogFile, Map<string, LogPart>>();

/** The log of a surface at a cut, derived once for the same file. */
export function logPart(
  surface: SurfaceId,
  log: LogFile,
  cut: number,
  isLast: boolean,
  codes: readonly string[],
): LogPart {
  const known = derivedLogs.get(log) ?? new Map<string, LogPart>();
  derivedLogs.set(log, known);
  const key = `${cut} ${isLast} ${codes.length}`;
  const part = known.get(key) ?? deriveLog(surface, log, cut, isLast, codes);
  known.set(key, part);
  return part;
}

function deriveLog(
  surface: SurfaceId,
  log: LogFile,
  cut: number,
  isLast: boolean,
  codes: readonly string[],
): LogPart {
  const path = sampleLogPath(surface);
  const found = linesAt(log, cut, isLast);
  const nothing: LogPart = { log: null, cycles: 0, counts: {}, occurrences: [] };
  if (found === "missing") return nothing;
  if (typeof found === "string")
    return { ...nothing, log: { path, identity: "", lines: 0, bytes: 0, problem: `${path}: not permitted` } };
  const { generation, lines } = found;
  const records = lines.map((codesOfLine, index) => lineRecord(path, generation, index + 1, codesOfLine));
  const counts: Record<string, number> = {};
  for (const code of codes) {
    const count = lines.filter((carried) => carried.includes(code)).length;
    if (count > 0) counts[code] = count;
  }
  const isReset = generation > 0 || lines.length < (log.cuts[0] ?? 0);
  const afterLine = isReset ? 0 : (log.cuts[0] ?? 0);
  const occurrences = codes.flatMap((code): Occurrence[] =>
    records
      .flatMap((record, index) =>
        index >= afterLine && lines[index]?.includes(code) === true ? [{ code, record }] : [],
      )
      .toReversed()
      .slice(0, keptLines),
  );
  return {
    log: {
      path,
      identity: records[0]?.text ?? "",
      lines: lines.length,
      bytes: lines.length * (slot + 1),
      problem: "",
    },
    cycles: lines.length,
    counts,
    occurrences,
  };
}
