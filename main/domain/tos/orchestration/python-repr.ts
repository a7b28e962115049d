import { isJsonArray, isJsonObject, JsonFloat, type Json } from "../../json";
import { printPythonFloat } from "./python-float";

/** A value as Python's `str()` writes it: a text as it is, everything else as `pythonRepr`. */
export function pythonText(value: Json): string {
  return typeof value === "string" ? value : pythonRepr(value);
}

/** A value as Python's `repr()` writes it: `None`, `True`, `'it'`, `["a'b", '日本']`, `{'a': 1.0}`, `inf`. */
export function pythonRepr(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return reprText(value);
  if (value instanceof JsonFloat) return reprFloat(value.value);
  if (isJsonArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  if (!isJsonObject(value)) return String(value);
  return `{${[...value].map(([key, member]) => `${reprText(key)}: ${pythonRepr(member)}`).join(", ")}}`;
}

function reprFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  return Number.isFinite(value) ? printPythonFloat(value) : value > 0 ? "inf" : "-inf";
}

const shortEscapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** Single quotes, unless the text holds some and no double ones; what cannot be printed as an escape. */
function reprText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/[\\']|[^\P{C}]|[^\P{Z} ]/gu, (character) => {
    if (character === "'") return quote === "'" ? "\\'" : character;
    return shortEscapes[character] ?? escapeOf(character.codePointAt(0) ?? 0);
  });
  return quote + body + quote;
}

function escapeOf(point: number): string {
  const digits = point.toString(16);
  if (point <= 0xff) return `\\x${digits.padStart(2, "0")}`;
  return point <= 0xffff ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
}
