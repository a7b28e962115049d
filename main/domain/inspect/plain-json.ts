import { isJsonArray, isJsonObject, type Json, jsonObject, type JsonObject } from "../json";

/**
 * The same value as plain objects, for a schema. Numbers that are not safe integers stay what they are (`JsonFloat`,
 * `bigint`), so that a schema for counts refuses them.
 */
export function plainJson(value: Json): unknown {
  if (isJsonArray(value)) return value.map(plainJson);
  if (isJsonObject(value)) return Object.fromEntries([...value].map(([key, item]) => [key, plainJson(item)]));
  return value;
}

/** A report's plain value: texts, numbers, booleans, lists and objects whose keys are fixed names. */
export type PlainValue =
  string | number | boolean | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** A report with fixed keys as printable JSON, keys in declared order. */
export function reportJson(report: { readonly [key: string]: PlainValue }): JsonObject {
  return jsonObject(
    Object.fromEntries(Object.entries(report).map(([key, value]) => [key, valueJson(value)])),
  );
}

function valueJson(value: PlainValue): Json {
  if (Array.isArray(value)) return (value as readonly PlainValue[]).map(valueJson);
  return typeof value === "object" ? reportJson(value as { readonly [key: string]: PlainValue }) : value;
}
