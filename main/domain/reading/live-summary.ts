import { describeIssues } from "#contract/envelope";
import { browserLiveSummarySchema, type BrowserLiveSummary } from "#contract/reading";
import { plainJson } from "../inspect/plain-json";
import { JsonSyntaxError, parseJson } from "../json-parse";
import type { ParsedFile } from "./state-file";

const shownIssues = 5;

/** Reads the text of a `browser-live-summary.json` (spec/tau/live-run.md §4); the problem names the field. */
export function parseLiveSummary(text: string): ParsedFile<BrowserLiveSummary> {
  if (text === "") return { ok: false, problem: "the file is empty, expected a JSON object" };
  try {
    const parsed = browserLiveSummarySchema.safeParse(plainJson(parseJson(text)));
    return parsed.success
      ? { ok: true, facts: parsed.data }
      : { ok: false, problem: describeIssues(parsed.error).slice(0, shownIssues).join("; ") };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { ok: false, problem: `not JSON: ${error.message}` };
    throw error;
  }
}
