import { JsonSyntaxError, parseJson } from "../json-parse";

/** What a file written by hand says as JSON, or the mistake in one line that names the file, line and column. */
export type StrictDocument =
  { readonly ok: true; readonly document: unknown } | { readonly ok: false; readonly error: string };

/** Reads the text of a file that people write; a byte order mark is let pass. Never throws. */
export function readStrictDocument(text: string, file: string): StrictDocument {
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    // JSON.parse would keep one of two equal keys without a word and name no line; the strict reader comes first.
    parseJson(json);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { ok: false, error: `${file} is not valid JSON: ${error.message}` };
  }
  return { ok: true, document: JSON.parse(json) };
}
