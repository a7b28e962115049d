import type { z } from "zod";
import type { RecordReference } from "#contract/reading";
import { plainJson } from "../../inspect/plain-json";
import { JsonSyntaxError, parseJson } from "../../json-parse";
import { documentSpan, TextPlaces } from "./json-place";

/** What looking at one file gave, with its path as operators see it. Times are Unix milliseconds. */
export type Source = { readonly path: string } & (
  | { readonly kind: "text"; readonly text: string; readonly modifiedUnixMs: number }
  | { readonly kind: "missing" }
  | { readonly kind: "unreadable"; readonly problem: string }
);

/** The part of every piece of evidence that says whether its source could be used. */
export interface Sourced {
  readonly status: "ok" | "missing" | "unreadable";
  readonly problem: string;
  readonly path: string;
}

/** A source read as JSON of a given shape, or why not, in words that name the file and the field. */
export type Reading<Content> =
  | {
      readonly ok: true;
      readonly sourced: Sourced;
      readonly content: Content;
      readonly text: string;
      readonly modifiedUnixMs: number;
    }
  | { readonly ok: false; readonly sourced: Sourced };

const shownIssues = 5;

/** A source that was read, but says something that cannot be used. */
export function unreadable(path: string, problem: string): Sourced {
  return { status: "unreadable", problem: `${path}: ${problem}`, path };
}

/** The status of a source without text. */
export function withoutText(source: Exclude<Source, { readonly kind: "text" }>): Sourced {
  return source.kind === "missing"
    ? { status: "missing", problem: `${source.path} does not exist`, path: source.path }
    : unreadable(source.path, source.problem);
}

/**
 * Reads a source as JSON that fits a schema; keys the schema does not know are ignored, a key given twice is a mistake.
 */
export function readJson<Content>(source: Source, schema: z.ZodType<Content>): Reading<Content> {
  if (source.kind !== "text") return { ok: false, sourced: withoutText(source) };
  const { path, text, modifiedUnixMs } = source;
  const refused = (problem: string): Reading<Content> => ({ ok: false, sourced: unreadable(path, problem) });
  if (text === "") return refused("the file is empty, expected a JSON object");
  let document: unknown;
  try {
    document = plainJson(parseJson(text));
  } catch (error) {
    if (error instanceof JsonSyntaxError) return refused(`not JSON: ${error.message}`);
    throw error;
  }
  const parsed = schema.safeParse(document);
  if (!parsed.success) return refused(describeShape(parsed.error).join("; "));
  return {
    ok: true,
    sourced: { status: "ok", problem: "", path },
    content: parsed.data,
    text,
    modifiedUnixMs,
  };
}

/** Every mistake as `field: what was expected`, the first five. */
function describeShape(error: z.ZodError): string[] {
  return error.issues.slice(0, shownIssues).map((issue) => {
    const field = issue.path.reduce<string>(
      (shown, key) =>
        typeof key === "number" ? `${shown}[${key}]` : `${shown}${shown && "."}${String(key)}`,
      "",
    );
    return `${field || "the document"}: ${issue.message}`;
  });
}

/** The record of a whole JSON file: where its value begins, and its text. */
export function documentRecord(path: string, text: string): RecordReference {
  return new TextPlaces(path, text).record(documentSpan(text));
}
