import { isJsonArray, isJsonObject, type Json, JsonFloat, type JsonObject } from "../../json";
import { printPythonCompact } from "../orchestration/python-json";
import { isTruthy } from "../orchestration/python-values";

/** Reading of values that another program wrote, where nothing may be taken for granted and nothing may fail. */

/** The object, or null for anything else. */
export function objectOf(value: Json | undefined): JsonObject | null {
  return value !== undefined && isJsonObject(value) ? value : null;
}

/** The list, or an empty one for anything else. */
export function listOf(value: Json | undefined): readonly Json[] {
  return value !== undefined && isJsonArray(value) ? value : [];
}

/** The string, or null for anything else. */
export function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

/** Any value in words: a string as it is, null and nothing as empty, the rest as JSON. */
export function wordsOf(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : printPythonCompact(value);
}

/** A number that can be reckoned with; null for anything else. An integer beyond 2^53 loses its last digits. */
export function numberOf(value: Json | undefined): number | null {
  const number = value instanceof JsonFloat ? value.value : typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/** A count of things; 0 for what can be none. */
export function countOf(value: Json | undefined): number {
  const number = numberOf(value);
  return number !== null && Number.isSafeInteger(number) && number >= 0 ? number : 0;
}

/** What the orchestrator takes for true (Python's truth); nothing is false. */
export function truthOf(value: Json | undefined): boolean {
  return value !== undefined && isTruthy(value);
}
