import { trimText } from "../text";

/** What `/release-channel show` says (spec/tau/release-channel.md §5); a field that is not set reads `none`. */
export interface ReleaseChannelShown {
  readonly channel: string;
  readonly rollbackChannel: string;
  readonly rollbackVersion: string;
  readonly rollbackReason: string;
}

const rollbackKeys = [
  "rollback_channel",
  "rollback_version",
  "rollback_reason",
  "rollback_reference_unix_ms",
] as const;
const showKeys = ["path", "channel", "source", ...rollbackKeys] as const;
const applyKeys = [
  "path",
  "state_path",
  "channel",
  "channel_source",
  "current",
  "latest",
  "target",
  "action",
  "dry_run",
  "lookup_source",
  "guard_code",
  "guard_reason",
  "apply_attempts",
  "last_apply_unix_ms",
  ...rollbackKeys,
  "status",
] as const;
/** The form of an apply whose release lookup failed: nothing was written. */
const failedApplyKeys = [
  "path",
  "channel",
  "channel_source",
  "current",
  "latest",
  "target",
  "action",
  "dry_run",
  "guard_code",
  "guard_reason",
  "lookup_source",
  ...rollbackKeys,
  "status",
] as const;

/**
 * Values of a line of `key=value` pairs by its keys in their order. Values are not quoted and may hold spaces, so they are
 * cut at the keys that are known, from the end: the paths that come first may hold anything. Null when a key is missing.
 */
function fieldsOf<Key extends string>(text: string, keys: readonly Key[]): Record<Key, string> | null {
  const fields: Partial<Record<Key, string>> = {};
  let end = text.length;
  for (const key of keys.toReversed()) {
    const at = text.lastIndexOf(` ${key}=`, end - 1);
    if (at < 0) return null;
    fields[key] = text.slice(at + key.length + 2, end);
    end = at;
  }
  return end === 0 ? (fields as Record<Key, string>) : null;
}

/** What follows a command's name on a line of its output, with a blank in front; null when the line is of another one. */
function afterName(line: string, name: string): string | null {
  const at = line.indexOf(name);
  // A prompt may stand before it, a word may not.
  if (at < 0 || (at > 0 && !/\s/.test(line.charAt(at - 1)))) return null;
  return ` ${trimText(line.slice(at + name.length))}`;
}

/** Whether a line is one that `/release-channel show` printed, well formed or not. */
export function isShowLine(line: string): boolean {
  return afterName(line, "release channel: ") !== null;
}

/** Parses a line of `/release-channel show`; null when it is not one, or lacks one of its fields. */
export function parseShowLine(line: string): ReleaseChannelShown | null {
  const text = afterName(line, "release channel: ");
  const fields = text === null ? null : fieldsOf(text, showKeys);
  if (fields === null) return null;
  return {
    channel: fields.channel,
    rollbackChannel: fields.rollback_channel,
    rollbackVersion: fields.rollback_version,
    rollbackReason: fields.rollback_reason,
  };
}

/** Whether applying the rollback target's metadata is done, or an operator has to decide how to go on. */
export type RollbackApplyVerdict =
  | { readonly outcome: "done"; readonly status: "noop" | "applied_metadata" }
  | { readonly outcome: "operator-decision"; readonly reason: string };

const decisionNeeded = (reason: string): RollbackApplyVerdict => ({ outcome: "operator-decision", reason });

/**
 * Judges the line of `/release-channel apply --target <rollback_version>` (spec/tau/rollout.md §5 step 4, §8 vectors 24
 * and 25). `noop` is done: applying never downgrades (release-channel.md §5), the redeployment of step 5 does. Anything
 * that is neither done nor understood stops the workflow.
 */
export function judgeRollbackApply(line: string): RollbackApplyVerdict {
  const error = afterName(line, "release channel error: ");
  if (error !== null) return decisionNeeded(`the command failed: ${trimText(error)}`);
  const text = afterName(line, "release channel apply: ");
  if (text === null)
    return decisionNeeded(`expected a line that begins with "release channel apply: ", found ${shown(line)}`);
  const fields = fieldsOf(text, applyKeys) ?? fieldsOf(text, failedApplyKeys);
  if (fields === null) return decisionNeeded(`expected the fields of an apply, found ${shown(line)}`);
  const { status, guard_code: guard, guard_reason: why } = fields;
  if (guard !== "ok") return decisionNeeded(`blocked by ${guard} (${why})`);
  if (status === "noop" || status === "applied_metadata") return { outcome: "done", status };
  return decisionNeeded(`expected status noop or applied_metadata, found ${status}`);
}

function shown(line: string): string {
  return JSON.stringify(line.length > 200 ? `${line.slice(0, 200)}…` : line);
}
