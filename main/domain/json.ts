import { compareBytes } from "./text";

/** A JSON number written with a fraction or an exponent: never an integer, whatever its value. */
export class JsonFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/**
 * A JSON value that remembers what JavaScript's own parser forgets: which numbers were written as integers (`number`
 * when safe, `bigint` beyond), and the order of keys whatever they look like.
 */
export type Json = null | boolean | number | bigint | string | JsonFloat | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;

export function isJsonArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isJsonObject(value: Json): value is JsonObject {
  return value instanceof Map;
}

/** An object with its keys in the order they are declared. */
export function jsonObject(fields: Readonly<Record<string, Json>>): JsonObject {
  return new Map(Object.entries(fields));
}

/** The same value with the keys of every object in byte order, as free-form objects are written (spec/tau/surfaces.md §0). */
export function sortKeys(value: Json): Json {
  if (isJsonArray(value)) return value.map(sortKeys);
  if (!isJsonObject(value)) return value;
  const entries = [...value].toSorted(([left], [right]) => compareBytes(left, right));
  return new Map(entries.map(([key, member]) => [key, sortKeys(member)]));
}

/** Deep equality; the order of keys does not count, an integer never equals a float. */
export function jsonEquals(left: Json, right: Json): boolean {
  if (left instanceof JsonFloat || right instanceof JsonFloat) {
    return left instanceof JsonFloat && right instanceof JsonFloat && left.value === right.value;
  }
  if (left === null || right === null || typeof left !== "object" || typeof right !== "object") {
    return left === right;
  }
  if (isJsonArray(left) || isJsonArray(right)) {
    if (!isJsonArray(left) || !isJsonArray(right) || left.length !== right.length) return false;
    return left.every((item, index) => jsonEquals(item, right[index] ?? null));
  }
  if (left.size !== right.size) return false;
  for (const [key, member] of left) {
    const other = right.get(key);
    if (other === undefined || !jsonEquals(member, other)) return false;
  }
  return true;
}

/** How a dialect writes what is between values, and the values that hold no others. */
export interface JsonStyle {
  readonly comma: string;
  readonly colon: string;
  readonly string: (text: string) => string;
  readonly float: (value: number) => string;
}

/** As the surfaces write (spec/tau/surfaces.md §0). */
const surfaceStyle: JsonStyle = { comma: ",", colon: ":", string: JSON.stringify, float: printFloat };

/** One line, no spaces unless the style has them, keys in the order the value holds them. */
export function printCompact(value: Json, style = surfaceStyle): string {
  if (isJsonArray(value)) return `[${value.map((item) => printCompact(item, style)).join(style.comma)}]`;
  if (isJsonObject(value)) {
    const members = [...value].map(
      ([key, member]) => `${style.string(key)}${style.colon}${printCompact(member, style)}`,
    );
    return `{${members.join(style.comma)}}`;
  }
  return printScalar(value, style);
}

/** Two spaces per level, no newline at the end, empty lists and objects closed at once. */
export function printPretty(value: Json, indent = "", style = surfaceStyle): string {
  const inner = `${indent}  `;
  if (isJsonArray(value) && value.length > 0) {
    return `[\n${value.map((item) => inner + printPretty(item, inner, style)).join(",\n")}\n${indent}]`;
  }
  if (isJsonObject(value) && value.size > 0) {
    const members = [...value].map(
      ([key, member]) => `${inner}${style.string(key)}: ${printPretty(member, inner, style)}`,
    );
    return `{\n${members.join(",\n")}\n${indent}}`;
  }
  return printCompact(value, style);
}

function printScalar(value: null | boolean | number | bigint | string | JsonFloat, style: JsonStyle): string {
  if (value instanceof JsonFloat) return style.float(value.value);
  return typeof value === "string" ? style.string(value) : String(value);
}

/** Shortest form that reads back as the same float and still looks like one: `1.0`, `1e16`, `1e-7`. */
function printFloat(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-5 || size >= 1e16)) return value.toExponential().replace("e+", "e");
  const text = Object.is(value, -0) ? "-0" : String(value);
  return text.includes(".") ? text : `${text}.0`;
}
