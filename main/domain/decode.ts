import { ContractError } from "./contract-error";
import { isJsonArray, isJsonObject, JsonFloat, printCompact, type Json, type JsonObject } from "./json";

/** Range of an integer field, both ends included. */
export interface IntegerRange {
  readonly minimum: number;
  readonly maximum: number;
}

/** Widths the fixtures and state files name (spec/tau/surfaces.md §0). */
export const unsigned16: IntegerRange = { minimum: 0, maximum: 65_535 };
export const unsigned32: IntegerRange = { minimum: 0, maximum: 4_294_967_295 };
/** 64-bit counts and milliseconds, as far as a JavaScript number is exact. */
export const unsigned64: IntegerRange = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER };

/**
 * Reads the fields of one JSON object. Unknown keys are ignored; a key that is missing takes its default, a key that
 * is there must have the right type, `null` included (spec/tau/surfaces.md §0). Every error names the field's path.
 */
export class FieldReader {
  readonly path: string;
  readonly #object: JsonObject;

  /** `path` names the object in messages, "" for the document itself. */
  constructor(value: Json, path: string) {
    if (!isJsonObject(value)) throw mismatch(path === "" ? "document" : path, "an object", value);
    this.path = path;
    this.#object = value;
  }

  string(key: string, fallback?: string): string {
    return this.#read(key, fallback, (value, path) => readString(value, path));
  }

  boolean(key: string, fallback?: boolean): boolean {
    return this.#read(key, fallback, (value, path) => {
      if (typeof value !== "boolean") throw mismatch(path, "true or false", value);
      return value;
    });
  }

  integer(key: string, range: IntegerRange, fallback?: number): number {
    return this.#read(key, fallback, (value, path) => {
      if (typeof value !== "number" || value < range.minimum || value > range.maximum) {
        throw mismatch(path, `an integer from ${range.minimum} to ${range.maximum}`, value);
      }
      return value;
    });
  }

  /** One of a closed set of exact strings. */
  choice<Choice extends string>(key: string, choices: readonly Choice[], fallback?: Choice): Choice {
    return this.#read(key, fallback, (value, path) => {
      const found = choices.find((choice) => choice === value);
      if (found === undefined) throw mismatch(path, `one of ${choices.join(", ")}`, value);
      return found;
    });
  }

  /** Any JSON at all; a missing key reads as `fallback`, or is an error without one. */
  json(key: string, fallback?: Json): Json {
    return this.#read(key, fallback, (value) => value);
  }

  list<Item>(
    key: string,
    decode: (value: Json, path: string) => Item,
    fallback?: readonly Item[],
  ): readonly Item[] {
    return this.#read(key, fallback, (value, path) => {
      if (!isJsonArray(value)) throw mismatch(path, "an array", value);
      return value.map((item, index) => decode(item, `${path}[${index}]`));
    });
  }

  strings(key: string, fallback?: readonly string[]): readonly string[] {
    return this.list(key, readString, fallback);
  }

  objects<Item>(
    key: string,
    decode: (reader: FieldReader) => Item,
    fallback?: readonly Item[],
  ): readonly Item[] {
    return this.list(key, (value, path) => decode(new FieldReader(value, path)), fallback);
  }

  object<Item>(key: string, decode: (reader: FieldReader) => Item, fallback?: Item): Item {
    return this.#read(key, fallback, (value, path) => decode(new FieldReader(value, path)));
  }

  /** A key that may be missing or `null`: both read as null. */
  nullable<Item>(key: string, decode: (reader: this, key: string) => Item): Item | null {
    return (this.#object.get(key) ?? null) === null ? null : decode(this, key);
  }

  /** The path of one of this object's fields, for messages of later checks. */
  fieldPath(key: string): string {
    return this.path === "" ? key : `${this.path}.${key}`;
  }

  #read<Item>(key: string, fallback: Item | undefined, decode: (value: Json, path: string) => Item): Item {
    const value = this.#object.get(key);
    if (value !== undefined) return decode(value, this.fieldPath(key));
    if (fallback === undefined) throw new ContractError(`${this.fieldPath(key)}: missing field \`${key}\``);
    return fallback;
  }
}

function readString(value: Json, path: string): string {
  if (typeof value !== "string") throw mismatch(path, "a string", value);
  return value;
}

function mismatch(path: string, expected: string, found: Json): ContractError {
  return new ContractError(`${path}: expected ${expected}, found ${describe(found)}`);
}

function describe(value: Json): string {
  if (isJsonArray(value)) return "an array";
  if (isJsonObject(value)) return "an object";
  if (typeof value !== "string") return value instanceof JsonFloat ? printCompact(value) : String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
