import { isJsonArray, isJsonObject, JsonFloat, type Json } from "../../json";

const lineBreak = "\r\n";
const indent = "    ";

/**
 * A value as `ConvertTo-Json` of Windows PowerShell 5.1 writes it (launcher.md §5): two spaces after a colon, members
 * indented beyond their opening brace, `'`, `<`, `>` and `&` escaped, lines ended by CRLF. What JSON has no number for is
 * written as null, so that every JSON parser reads it.
 */
export function printPowershellJson(value: Json, column = ""): string {
  if (isJsonArray(value)) {
    const inner = column + indent;
    const items = value.map((item) => inner + printPowershellJson(item, inner));
    return `[${lineBreak}${items.join(`,${lineBreak}`)}${lineBreak}${column}]`;
  }
  if (isJsonObject(value)) {
    const inner = column + indent;
    const members = [...value].map(([key, member]) => {
      const start = `${inner}${quote(key)}:  `;
      return start + printPowershellJson(member, " ".repeat(start.length));
    });
    return `{${lineBreak}${members.join(`,${lineBreak}`)}${lineBreak}${column}}`;
  }
  if (value instanceof JsonFloat) return printFloat(value.value);
  return typeof value === "string" ? quote(value) : String(value);
}

function printFloat(value: number): string {
  if (!Number.isFinite(value)) return "null";
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : String(value);
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/['<>&\u0085\u2028\u2029]/g, escapeUnit);
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
