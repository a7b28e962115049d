import { isJsonArray, isJsonObject, type Json, JsonFloat } from "../../json";
import { configFile } from "../orchestration/config-reader";
import { printPythonCompact } from "../orchestration/python-json";
import { cutAfter } from "../orchestration/truncate";

/** Something about a configuration that must not be. */
export interface ConfigProblem {
  /** Rule of spec/tos/governance.md §3 that it breaks; null where the file cannot be used at all. */
  readonly rule: "G20" | "G21" | null;
  /** Key path, such as `s5_settings.job_loop.retry`; empty for the file as a whole. */
  readonly path: string;
  /** One line: the file, the field, what was expected, what was found. */
  readonly text: string;
}

/** Makes the one line of a problem. */
export function configProblem(rule: ConfigProblem["rule"], path: string, text: string): ConfigProblem {
  return { rule, path, text: path === "" ? `${configFile}: ${text}` : `${configFile}: ${path}: ${text}` };
}

/** Key path of a member. A key with a dot, a space or anything else that would mislead is quoted. */
export function memberPath(prefix: string, key: string): string {
  const word = /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key.slice(0, 60));
  return prefix === "" ? word : `${prefix}.${word}`;
}

/** What kind of value it is, without the value: one that stands where none belongs may be a secret. */
export function kindOfValue(value: Json): string {
  if (value === null) return "null";
  if (isJsonArray(value)) return `a list of ${value.length}`;
  if (isJsonObject(value)) return "an object";
  if (typeof value === "string") return "a string";
  return typeof value === "boolean" ? String(value) : "a number";
}

/** A value as a message shows it, cut to 60 characters. */
export function showJson(value: Json): string {
  return cutAfter(printPythonCompact(value), 59, "…");
}

/** Whether a number was written as an integer, of whatever size. */
export function isWholeNumber(value: Json): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

/** Whether it is a number that can be reckoned with: not `NaN`, not infinite. */
export function isFiniteNumber(value: Json): boolean {
  return isWholeNumber(value) || (value instanceof JsonFloat && Number.isFinite(value.value));
}
