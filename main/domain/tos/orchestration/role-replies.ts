import { modelRoles, type ModelRole } from "#contract/tos/vocabulary";
import { jsonObject, type Json, type JsonObject } from "../../json";
import { templateName } from "./prompts";
import { codePointLength, cutForLog } from "./truncate";

/** What one model was asked and said. */
export interface RoleReply {
  /** The first prompt, without the prefixes of later ones. */
  readonly prompt: string;
  /** Null when the role failed: no answer, or none that is JSON. */
  readonly value: Json;
  /** Text of the last reply; null when the call failed. */
  readonly raw: string | null;
  /** What was to be read as JSON in it; null when the call failed. */
  readonly extracted: string | null;
}

/** The roles of a step as far as they were asked. */
export type RoleReplies = Partial<Readonly<Record<ModelRole, RoleReply>>>;

/** `prompts_used` of a step log (spec/tos/orchestrator.md §12); `extracted_text` only of a role that failed on JSON. */
export function promptsUsed(replies: RoleReplies): JsonObject {
  const entries = modelRoles.flatMap((role): [string, JsonObject][] => {
    const reply = replies[role];
    return reply === undefined ? [] : [[role, promptEntry(role, reply)]];
  });
  return new Map(entries);
}

/** A reply as it stands in a step log; null where there was none. */
export function rawReply(reply: RoleReply | undefined): string | null {
  return cutForLog(reply?.raw ?? null, 2000);
}

function promptEntry(role: ModelRole, { prompt, value, extracted }: RoleReply): JsonObject {
  const failedOnJson = value === null && extracted !== null && extracted !== "";
  return jsonObject({
    template_name: templateName(role),
    prompt: cutForLog(prompt, 300),
    prompt_length: codePointLength(prompt),
    ...(failedOnJson ? { extracted_text: cutForLog(extracted, 300) } : {}),
  });
}
