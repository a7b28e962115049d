import { isJsonObject } from "../../json";
import { kindOfValue } from "../config-check/problem";
import type { JsonFile } from "../governance/project-reading";

/** Why a file's JSON is of no use although it is JSON; empty when it is an object, or is none at all. */
export function wrongKind({ path, value }: JsonFile): string {
  if (value === undefined || isJsonObject(value)) return "";
  return `${path}: expected a JSON object, found ${kindOfValue(value)}`;
}
