import { describeIssues } from "#contract/envelope";
import { browserLiveSummarySchema, type BrowserLiveSummary } from "#contract/reading";

/** Reads the text of a `browser-live-summary.json` (spec/tau/live-run.md §4); the problem names the field. */
export function parseLiveSummary(
  text: string,
):
  | { readonly ok: true; readonly facts: BrowserLiveSummary }
  | { readonly ok: false; readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = browserLiveSummarySchema.safeParse(value);
  return parsed.success
    ? { ok: true, facts: parsed.data }
    : { ok: false, problem: describeIssues(parsed.error).slice(0, 5).join("; ") };
}
