import type { SurfaceId } from "#contract/identity";
import type { SurfaceSettings } from "#contract/settings";

type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/**
 * What the file should say after a change: keys keep their order, a default that was not written stays unwritten,
 * a key that is gone is taken out.
 */
function mergeObject(written: JsonObject, before: JsonObject, after: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(written))
    if (after[key] !== undefined) result[key] = mergeValue(value, before[key], after[key]);
  for (const [key, value] of Object.entries(after)) {
    if (Object.hasOwn(result, key) || value === undefined || same(value, before[key])) continue;
    result[key] = isObject(value) ? mergeObject({}, isObject(before[key]) ? before[key] : {}, value) : value;
  }
  return result;
}

function mergeValue(written: unknown, before: unknown, after: unknown): unknown {
  if (same(before, after)) return written;
  return isObject(written) && isObject(before) && isObject(after)
    ? mergeObject(written, before, after)
    : after;
}

/** The settings document with one surface's settings changed; everything else as it was, in its order. */
export function editSurface(
  document: JsonObject,
  surface: SurfaceId,
  before: SurfaceSettings,
  after: SurfaceSettings,
): JsonObject {
  const surfaces = isObject(document["surfaces"]) ? document["surfaces"] : {};
  const written = surfaces[surface];
  const next =
    isObject(written) && before.driver === after.driver ? mergeObject(written, before, after) : { ...after };
  return { ...document, surfaces: { ...surfaces, [surface]: next } };
}

/** Names of the settings that differ, `key: before → after`, for the operator log. */
export function describeChange(before: SurfaceSettings, after: SurfaceSettings): string {
  const left = before as JsonObject;
  const right = after as JsonObject;
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const changes = keys
    .filter((key) => !same(left[key], right[key]))
    .map(
      (key) =>
        `${key}: ${JSON.stringify(left[key]) ?? "(unset)"} → ${JSON.stringify(right[key]) ?? "(unset)"}`,
    );
  return changes.length === 0 ? "nothing changed" : changes.join("; ");
}
