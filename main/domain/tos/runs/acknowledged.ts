import { z } from "zod";
import { acknowledgementSchema } from "#contract/tos/progress";

/**
 * A line of `.gatehouse/tos/acknowledged.jsonl`: a rule an operator knew of and went on in spite of (or, for one that a
 * person judges, has confirmed), written before the operation begins.
 */
export const acknowledgedEntrySchema = acknowledgementSchema.extend({
  unixMs: z.number().int().nonnegative(),
  operator: z.string(),
  /** What was about to be done: an operation of a run, or for example `save-config`. */
  operation: z.string(),
  /** The run it was for; null where there was none. */
  runId: z.string().nullable(),
});
export type AcknowledgedEntry = z.infer<typeof acknowledgedEntrySchema>;

/** The entries of a file's whole lines, oldest first; a line that is none is left out. */
export function acknowledgedEntries(text: string): AcknowledgedEntry[] {
  return text
    .split("\n")
    .slice(0, -1)
    .flatMap((line) => {
      try {
        const parsed = acknowledgedEntrySchema.safeParse(JSON.parse(line));
        return parsed.success ? [parsed.data] : [];
      } catch {
        return [];
      }
    });
}
