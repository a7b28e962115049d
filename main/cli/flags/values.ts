import { UsageError } from "../failure";
import { type FlagDefinition, valuePlaceholder } from "./definition";

/** What was given for one flag, read by its kind. */
export type FlagValue = string | number | boolean | readonly string[];

/** How messages name a flag: `--voice-fixture <PATH>`. */
export function flagUsage(flag: FlagDefinition): string {
  const placeholder = valuePlaceholder(flag);
  return placeholder === "" ? `--${flag.name}` : `--${flag.name} <${placeholder}>`;
}

/** Reads a flag's text by its kind; `origin` names where the text stood, for the message. */
export function parseFlagValue(flag: FlagDefinition, text: string, origin: string): FlagValue {
  switch (flag.kind) {
    case "boolean":
      if (text === "true") return true;
      if (text === "false") return false;
      throw invalidValue(text, origin, "expected true or false");
    case "positive":
      return parseCount(text, origin, 1);
    case "count":
      return parseCount(text, origin, 0);
    case "list":
      return text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "");
    case "choice":
      if (flag.choices?.includes(text) === true) return text;
      throw invalidValue(text, origin, `expected one of ${(flag.choices ?? []).join(", ")}`);
    case "path":
    case "text":
      if (text.trim() === "") throw invalidValue(text, origin, "expected a value that is not empty");
      return text;
  }
}

function parseCount(text: string, origin: string, minimum: number): number {
  const value = /^\+?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value) || value < minimum)
    throw invalidValue(text, origin, `expected a whole number of ${minimum} or more`);
  return value;
}

function invalidValue(text: string, origin: string, expectation: string): UsageError {
  return new UsageError(`invalid value '${text}' for '${origin}': ${expectation}`);
}
