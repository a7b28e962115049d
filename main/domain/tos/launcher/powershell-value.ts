import { isJsonArray, isJsonObject, JsonFloat, type Json } from "../../json";

/** A property of a value, as PowerShell reads it: null where there is none. */
export function property(value: Json, name: string): Json {
  return isJsonObject(value) ? (value.get(name) ?? null) : null;
}

/** Text of a value inside a PowerShell string: `True`, `False`, nothing for null, items with spaces between. */
export function powershellText(value: Json): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value instanceof JsonFloat) return String(value.value);
  if (isJsonArray(value)) return value.map(powershellText).join(" ");
  if (isJsonObject(value))
    return `@{${[...value].map(([key, member]) => `${key}=${powershellText(member)}`).join("; ")}}`;
  return String(value);
}

/** Whether PowerShell takes a value for true: a list of one item counts as that item. */
export function isPowershellTrue(value: Json): boolean {
  if (value instanceof JsonFloat) return value.value !== 0;
  if (isJsonArray(value)) return value.length > 1 || (value[0] !== undefined && isPowershellTrue(value[0]));
  return isJsonObject(value) || Boolean(value);
}

/** PowerShell's `-eq` with a word: in any case. */
export function isWord(value: Json, word: string): boolean {
  return typeof value === "string" && value.toLowerCase() === word.toLowerCase();
}
