import { isJsonArray, isJsonObject, type Json } from "../../json";
import { codePointLength, firstCodePoints } from "./truncate";
import { pythonRepr } from "./python-repr";

/**
 * What ends a run with exit code 1 before its summary is written: where the reference dies of an uncaught error
 * (spec/tos/orchestrator.md §5, §6, §8, §10), one sentence that names the file, the field and what was expected.
 */
export class OrchestratorFault extends Error {
  override name = "OrchestratorFault";
  readonly file: string;
  /** Path of the field inside the file; "" when the file as a whole is meant. */
  readonly field: string;

  constructor(file: string, field: string, problem: string) {
    super([file, field, problem].filter((part) => part !== "").join(": "));
    this.file = file;
    this.field = field;
  }
}

/** The fault of a value that is not what was expected. */
export function unexpected(file: string, field: string, expected: string, found: Json): OrchestratorFault {
  return new OrchestratorFault(file, field, `expected ${expected}, found ${describeJson(found)}`);
}

function describeJson(value: Json): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (isJsonArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (isJsonObject(value)) return value.size === 0 ? "an empty object" : "an object";
  const text = pythonRepr(value);
  return codePointLength(text) > 60 ? `${firstCodePoints(text, 60)}…` : text;
}
