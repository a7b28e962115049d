import { isJsonArray, isJsonObject, JsonFloat, type Json } from "../../json";

/** A number as Python has it: integers of any size, and floats. */
export type PythonNumber = number | bigint | JsonFloat;

export function isPythonNumber(value: Json): value is PythonNumber {
  return typeof value === "number" || typeof value === "bigint" || value instanceof JsonFloat;
}

/** Python's truth of a value: null, false, zero and whatever is empty are false. */
export function isTruthy(value: Json): boolean {
  if (value instanceof JsonFloat) return value.value !== 0;
  if (isJsonArray(value)) return value.length > 0;
  if (isJsonObject(value)) return value.size > 0;
  return Boolean(value);
}

/** True when `left` is the larger number, whatever the two are. */
export function exceeds(left: PythonNumber, right: PythonNumber): boolean {
  return plainNumber(left) > plainNumber(right);
}

/** The number plus one: an integer stays one. */
export function plusOne(value: PythonNumber): PythonNumber {
  if (value instanceof JsonFloat) return new JsonFloat(value.value + 1);
  const next = BigInt(value) + 1n;
  const plain = Number(next);
  return Number.isSafeInteger(plain) ? plain : next;
}

/** JavaScript compares a bigint with a float exactly, so nothing is lost here. */
function plainNumber(value: PythonNumber): number | bigint {
  return value instanceof JsonFloat ? value.value : value;
}
