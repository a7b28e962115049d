import { z } from "zod";
import { describeIssues } from "#contract/envelope";
import { healthSnapshotSchema, type HealthSnapshot } from "#contract/health";

/** What watching takes from a `state.json`; the surface's own records stay with the surface. */
export interface StateFacts {
  readonly health: HealthSnapshot;
  readonly processedCaseCount: number;
}

export type StateParse =
  { readonly ok: true; readonly facts: StateFacts } | { readonly ok: false; readonly problem: string };

/**
 * Stricter than the reference, which classifies a file without `health` as healthy (spec/tau/health.md §3): a file
 * that says nothing of health is not evidence of it.
 */
const stateFileSchema = z.object({
  schema_version: z.literal(1),
  processed_case_keys: z.array(z.string()).default([]),
  health: healthSnapshotSchema,
});

/** Reads the text of a `state.json` (spec/tau/surfaces.md §2; health.md §1); the problem names the field. */
export function parseStateFile(text: string): StateParse {
  if (text.trim() === "") return { ok: false, problem: "the file is empty; expected a JSON object" };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = stateFileSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problem: describeIssues(parsed.error).slice(0, 5).join("; ") };
  return {
    ok: true,
    facts: { health: parsed.data.health, processedCaseCount: parsed.data.processed_case_keys.length },
  };
}
