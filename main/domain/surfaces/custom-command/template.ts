import { isJsonArray, isJsonObject, printCompact, sortKeys, type Json, type JsonObject } from "../../json";
import { isBlank, trimText } from "../../text";
import { isEnvironmentKey, isKeyPermitted, policyFault, type ExecutionPolicy } from "./policy";

const shellControls = ["&&", "||", ";", "`", "$(", "|", "\n", "\r"];

/** Why a template may not be used with these arguments under this policy; null when it may (spec/tau/surfaces.md §10). */
export function templateFault(template: string, args: Json, policy: ExecutionPolicy): string | null {
  const fault = policyFault(policy);
  if (fault !== null) return fault;
  if (!isJsonObject(args)) return "arguments: expected an object";
  if (isBlank(template)) return "template: expected text, found blank";
  const control = policy.allow_shell ? undefined : shellControls.find((mark) => template.includes(mark));
  if (control !== undefined) return `template: shell operator ${JSON.stringify(control)} without allow_shell`;
  const placeholders = splitTemplate(template);
  if (placeholders === null) return "template: placeholder without an end";
  for (const { placeholder } of placeholders) {
    if (placeholder === null) continue;
    if (!isEnvironmentKey(placeholder)) return `template: '${placeholder}' is not a placeholder name`;
    if (!isKeyPermitted(policy, placeholder))
      return `template: placeholder '${placeholder}' is not permitted`;
  }
  const invalid = [...args.keys()].find((key) => !isEnvironmentKey(key));
  return invalid === undefined ? null : `arguments: '${invalid}' is not an argument name`;
}

/** The template with its placeholders filled; null when an argument is missing or `null`. */
export function renderTemplate(template: string, args: JsonObject): string | null {
  let rendered = "";
  for (const part of splitTemplate(template) ?? []) {
    const value = part.placeholder === null ? "" : scalarText(args.get(part.placeholder) ?? null);
    if (value === null) return null;
    rendered += part.literal + value;
  }
  return trimText(rendered);
}

/** An argument as text: strings as they are, everything else as compact JSON; `null` has none. */
export function scalarText(value: Json): string | null {
  if (value === null) return null;
  if (typeof value === "string") return value;
  return printCompact(isJsonArray(value) || isJsonObject(value) ? sortKeys(value) : value);
}

/** Literal text and the placeholder that follows it; null when one is not closed. */
function splitTemplate(
  template: string,
): { readonly literal: string; readonly placeholder: string | null }[] | null {
  const parts: { literal: string; placeholder: string | null }[] = [];
  for (let start = 0; ;) {
    const open = template.indexOf("{{", start);
    if (open < 0) return [...parts, { literal: template.slice(start), placeholder: null }];
    const close = template.indexOf("}}", open + 2);
    if (close < 0) return null;
    parts.push({
      literal: template.slice(start, open),
      placeholder: trimText(template.slice(open + 2, close)),
    });
    start = close + 2;
  }
}
