import type { Json } from "../../json";
import { JsonSyntaxError } from "../../json-parse";
import { parsePythonJson } from "./python-json";
import { stripPython } from "./python-whitespace";

export interface ExtractedJson {
  /** Null when there was no JSON, and for the JSON `null`, which counts as a failure too. */
  readonly parsed: Json | null;
  /** What was parsed: the reply itself where nothing was picked out of it. */
  readonly extracted: string;
  /** Python's message; "" when nothing was wrong with the text. */
  readonly problem: string;
}

const fence = "```";
const fenceOfJson = "```json";
/** An object with objects of one level inside; braces in strings count like any other. */
const shallowObject = /\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/;

/**
 * Takes the JSON out of a model's reply (spec/tos/orchestrator.md §6 "JSON extraction"): the inside of the first json
 * fence, then, unless that begins with a brace, the first object of at most two levels; the rest is read strictly.
 */
export function extractJson(text: string): ExtractedJson {
  const fenced = insideFence(text) ?? text;
  const extracted = stripPython(fenced).startsWith("{")
    ? fenced
    : (shallowObject.exec(fenced)?.[0] ?? fenced);
  try {
    return { parsed: parsePythonJson(extracted), extracted, problem: "" };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { parsed: null, extracted, problem: error.message };
  }
}

function insideFence(text: string): string | null {
  const opened = text.indexOf(fenceOfJson);
  if (opened < 0) return null;
  const start = opened + fenceOfJson.length;
  const end = text.indexOf(fence, start);
  return end < 0 ? null : stripPython(text.slice(start, end));
}
