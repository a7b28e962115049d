import { isJsonArray, isJsonObject, type Json, type JsonObject, printCompact } from "../../json";
import { isBlank } from "../../text";

/** Keys whose blank value is shown as `none` (spec/tau/health.md §4, text form of the gateway). */
const noneWhenBlank = new Set(["service_last_stop_reason", "service_last_startup_error"]);

/** Figures that stand for the `health` object in text. */
const healthKeys = ["queue_depth", "failure_streak", "last_cycle_failed", "last_cycle_completed"] as const;

/**
 * A report on one line: `<label>: k=v …` in the order of its keys, values unquoted; the `health` object becomes four
 * of its figures, maps `k:v,k:v`, lists `a,b`, empty ones `none` (spec/tau/health.md §4).
 */
export function statusLine(label: string, report: JsonObject): string {
  const words = [...report].flatMap(([key, value]) => {
    if (key !== "health" || !isJsonObject(value)) return [`${key}=${textValue(key, value)}`];
    return healthKeys.map((figure) => `${figure}=${textValue(figure, value.get(figure) ?? 0)}`);
  });
  return `${label}: ${words.join(" ")}`;
}

function textValue(key: string, value: Json): string {
  if (isJsonArray(value)) return value.length > 0 ? value.map(textOf).join(",") : "none";
  if (isJsonObject(value))
    return value.size > 0 ? [...value].map(([name, item]) => `${name}:${textOf(item)}`).join(",") : "none";
  const text = textOf(value);
  return noneWhenBlank.has(key) && isBlank(text) ? "none" : text;
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : printCompact(value);
}
