import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json";
import { didYouMean } from "../../settings/did-you-mean";
import { compilePythonPattern } from "../orchestration/python-regex";
import { definedKeys, isBranch, type KeyBranch, kindWords, type ValueKind, valuePaths } from "./defined-keys";
import {
  type ConfigProblem,
  configProblem,
  isFiniteNumber,
  isWholeNumber,
  kindOfValue,
  memberPath,
  showJson,
} from "./problem";

/** Undefined keys of one object, or entries of one list, that are told one by one: a wrong file may hold any number. */
const maximumTold = 50;

/** Keys that people expect to work, and why they are still undefined (spec/tos/governance.md §3, "Edge"). */
const notorious: Readonly<Record<string, string>> = {
  json_retry_prefix: "the orchestrator's code reads it, but nothing defines it",
  slack_webhook_url: "it belongs to newtos, not to TOS v0.3",
  slack: "it belongs to newtos, not to TOS v0.3",
};

/**
 * Holds a configuration's keys against the defined ones: every key that is not defined breaks G20, every defined one
 * that is missing or of another type breaks G21 (spec/tos/governance.md §3).
 */
export function checkKeys(config: Json): ConfigProblem[] {
  if (!isJsonObject(config))
    return [configProblem("G21", "", `expected an object, found ${kindOfValue(config)}`)];
  return checkBranch(config, definedKeys, "");
}

function checkBranch(found: JsonObject, branch: KeyBranch, prefix: string): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const undefinedKeys = [...found].filter(([key]) => !Object.hasOwn(branch, key));
  for (const [key, value] of undefinedKeys.slice(0, maximumTold))
    problems.push(undefinedKey(key, value, branch, prefix));
  const left = undefinedKeys.length - maximumTold;
  if (left > 0) problems.push(configProblem("G20", prefix, `and ${left} more undefined keys`));
  for (const [key, entry] of Object.entries(branch)) {
    const path = memberPath(prefix, key);
    const value = found.get(key);
    if (value === undefined) {
      const expected = isBranch(entry) ? "an object" : kindWords[entry];
      problems.push(
        configProblem("G21", path, `expected ${expected}, found nothing: a defined key is missing`),
      );
    } else if (!isBranch(entry)) {
      problems.push(...checkValue(value, entry, path));
    } else if (isJsonObject(value)) {
      problems.push(...checkBranch(value, entry, path));
    } else {
      problems.push(configProblem("G21", path, `expected an object, found ${showJson(value)}`));
    }
  }
  return problems;
}

function undefinedKey(key: string, value: Json, branch: KeyBranch, prefix: string): ConfigProblem {
  const path = memberPath(prefix, key);
  const why = Object.hasOwn(notorious, key) ? ` (${notorious[key]})` : "";
  const close = didYouMean(key, Object.keys(branch));
  const elsewhere = valuePaths().find((known) => known.split(".").at(-1) === key);
  const meant = close === null ? elsewhere : memberPath(prefix, close);
  const suggestion = meant === undefined || why !== "" ? "" : `; did you mean "${meant}"?`;
  const expected = `expected only the defined keys (${Object.keys(branch).join(", ")})`;
  return configProblem(
    "G20",
    path,
    `undefined key${why}: ${expected}, found ${kindOfValue(value)}${suggestion}`,
  );
}

function checkValue(value: Json, kind: ValueKind, path: string): ConfigProblem[] {
  const wrong = (at: string, expected: string, found: Json, more = ""): ConfigProblem[] => [
    configProblem("G21", at, `expected ${expected}, found ${showJson(found)}${more}`),
  ];
  switch (kind) {
    case "text":
      return typeof value === "string" ? [] : wrong(path, kindWords[kind], value);
    case "yes or no":
      return typeof value === "boolean" ? [] : wrong(path, kindWords[kind], value);
    case "whole number":
      return isWholeNumber(value) ? [] : wrong(path, kindWords[kind], value);
    case "number":
      return isFiniteNumber(value) ? [] : wrong(path, kindWords[kind], value);
    case "allow or deny": {
      if (value === "allow" || value === "deny") return [];
      const close = typeof value === "string" ? didYouMean(value, ["allow", "deny"]) : null;
      return wrong(path, kindWords[kind], value, close === null ? "" : `; did you mean "${close}"?`);
    }
    case "list of texts":
    case "list of patterns":
      if (!isJsonArray(value)) return wrong(path, kindWords[kind], value);
      return firstMistakes(value, path, (item, index) => {
        const at = `${path}[${index}]`;
        if (typeof item !== "string") return wrong(at, "a string", item);
        const mistake = kind === "list of patterns" ? patternMistake(item) : null;
        return mistake === null ? [] : wrong(at, "a regular expression", item, `: ${mistake}`);
      });
  }
}

function firstMistakes(
  list: readonly Json[],
  path: string,
  check: (item: Json, index: number) => ConfigProblem[],
): ConfigProblem[] {
  const mistakes: ConfigProblem[] = [];
  for (const [index, item] of list.entries()) {
    mistakes.push(...check(item, index));
    if (mistakes.length >= maximumTold)
      return [...mistakes, configProblem("G21", path, `the entries after ${index} were not looked at`)];
  }
  return mistakes;
}

/** Why a pattern would end the orchestrator with an error (spec/tos/orchestrator.md §4); null when it would not. */
function patternMistake(pattern: string): string | null {
  try {
    compilePythonPattern(pattern);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "it cannot be compiled";
  }
}
