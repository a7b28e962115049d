import type { TosSettings } from "#contract/tos/settings";
import type { TosView } from "#contract/tos/view";
import { findKey } from "../keys";
import { keyNames } from "../models/api-models";
import type { ProjectMemory } from "./project-memory";

/** Where each key comes from, and the values that are at hand, for comparing only. */
export interface KeyReading {
  readonly keys: TosView["keys"];
  readonly values: Readonly<Record<string, string>>;
  /** Keys of the keyring that was asked a moment ago, so that their values are not at hand. */
  readonly notAtHand: readonly string[];
}

/** Looks for the keys. With scripted models none is needed, and the keyring is left alone. Never rejects. */
export async function readKeys(
  settings: TosSettings,
  environment: Readonly<Record<string, string | undefined>>,
  memory: ProjectMemory,
  nowMs: number,
): Promise<KeyReading> {
  const scripted = settings.models.provider === "scripted";
  const values: Record<string, string> = {};
  const keys: TosView["keys"] = [];
  const notAtHand: string[] = [];
  for (const name of keyNames) {
    const given = environment[name];
    if (given !== undefined && given !== "") values[name] = given;
    if (scripted) {
      keys.push({ name, source: "not-needed" });
      continue;
    }
    const remembered = values[name] === undefined ? memory.source(name, nowMs) : null;
    if (remembered !== null) {
      keys.push({ name, source: remembered });
      if (remembered === "keyring") notAtHand.push(name);
      continue;
    }
    const found = await findKey(name, environment);
    if (found.value !== "") values[name] = found.value;
    if (found.source !== "environment") memory.keepSource(name, found.source, nowMs);
    keys.push({ name, source: found.source });
  }
  return { keys, values, notAtHand };
}
