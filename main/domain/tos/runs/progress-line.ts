import { type ProgressEntry, progressEntrySchema } from "#contract/tos/progress";

/** An entry as it stands in a progress file, with its newline. */
export function progressLine(entry: ProgressEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/**
 * Entries of the whole lines of a progress file. What follows the last newline is not an entry, and a line that is none
 * (another program's, or a later version's) is left out: it must not hide the others.
 */
export function progressEntries(text: string): ProgressEntry[] {
  const lines = text.split("\n").slice(0, -1);
  return lines.flatMap((line) => {
    const parsed = progressEntrySchema.safeParse(parseLine(line));
    return parsed.success ? [parsed.data] : [];
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
