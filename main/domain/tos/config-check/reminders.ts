import { isJsonObject, type Json, jsonEquals } from "../../json";
import { checkConfig } from "./check-config";
import { valuePaths } from "./defined-keys";
import { configFile } from "../orchestration/config-reader";
import { showJson } from "./problem";

/** What a change of a value asks for besides (spec/tos/governance.md §3, last paragraph). */
const duties = [
  "Before: make a checkpoint, so that there is a state to go back to.",
  "Note what is changed and why.",
  "After: run test; when it fails, roll back.",
] as const;

/**
 * What an operator should be reminded of when the text of `config_v0_3.json` goes from `before` to `after`: each value
 * that changes, and what the documents ask for around a change. Empty when no value changes.
 */
export function configReminders(before: string, after: string): string[] {
  const changes = configChanges(before, after);
  return changes.length === 0 ? [] : [...changes, ...duties];
}

/** Each defined value that changes when the text goes from `before` to `after`, one line each. */
export function configChanges(before: string, after: string): string[] {
  const [old, next] = [checkConfig(before).document, checkConfig(after).document];
  if (next === undefined) return [];
  if (old === undefined)
    return [`${configFile}: the present text cannot be read, so every value counts as changed.`];
  return valuePaths().flatMap((path) => {
    const [from, to] = [valueAt(old, path), valueAt(next, path)];
    if (from === undefined && to === undefined) return [];
    if (from !== undefined && to !== undefined && jsonEquals(from, to)) return [];
    return [`${path} changes from ${show(from)} to ${show(to)}.`];
  });
}

function valueAt(document: Json, path: string): Json | undefined {
  let value: Json | undefined = document;
  for (const key of path.split("."))
    value = value !== undefined && isJsonObject(value) ? value.get(key) : undefined;
  return value;
}

function show(value: Json | undefined): string {
  return value === undefined ? "nothing" : showJson(value);
}
