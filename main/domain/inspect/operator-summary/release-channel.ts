import { z } from "zod";
import { describeIssues } from "#contract/envelope";
import { countSchema } from "#contract/identity";
import type { ReleaseChannelRow } from "./report";

const channelSchema = z.enum(["stable", "beta", "dev"]);

const legacyStoreSchema = z.object({ release_channel: channelSchema });

const storeSchema = z.object({
  release_channel: channelSchema,
  rollback: z
    .object({
      previous_channel: channelSchema.nullish(),
      previous_version: z.string().nullish(),
      reference_unix_ms: countSchema.nullish(),
      reason: z.string().nullish(),
    })
    .optional(),
});

/**
 * Channel of a `.tau/release-channel.json` (spec/tau/release-channel.md §1.1): schema 2, or the legacy schema 1. Throws
 * with the reason when it cannot be used; `path` names the file in it.
 */
export function readReleaseChannel(path: string, content: unknown): string {
  const version = z.object({ schema_version: countSchema }).safeParse(content);
  if (!version.success)
    throw new Error(`failed to parse release channel file ${path}: missing schema_version`);
  const { schema_version } = version.data;
  if (schema_version !== 1 && schema_version !== 2)
    throw new Error(`unsupported release channel schema_version ${schema_version} in ${path}`);
  const store = (schema_version === 1 ? legacyStoreSchema : storeSchema).safeParse(content);
  if (!store.success)
    throw new Error(
      `failed to parse release channel file ${path}: ${describeIssues(store.error).join("; ")}`,
    );
  return store.data.release_channel;
}

/** What became of reading the store. */
export type ReleaseChannelReading =
  | { readonly kind: "loaded"; readonly channel: string; readonly path: string }
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "load-failed"; readonly path: string; readonly error: string }
  | { readonly kind: "path-unavailable"; readonly error: string };

/** Row of the release channel (spec/tau/health.md §5). */
export function assessReleaseChannel(reading: ReleaseChannelReading): ReleaseChannelRow {
  switch (reading.kind) {
    case "loaded":
      return {
        health_state: "healthy",
        rollout_gate: "pass",
        reason_code: "release_channel_loaded",
        recommendation: "no immediate action required",
        configured: true,
        channel: reading.channel,
        path: reading.path,
      };
    case "missing":
      return {
        health_state: "degraded",
        rollout_gate: "hold",
        reason_code: "release_channel_missing",
        recommendation: "choose a release channel with /release-channel set <stable|beta|dev>",
        configured: false,
        channel: "unknown",
        path: reading.path,
      };
    case "load-failed":
      return {
        health_state: "failing",
        rollout_gate: "hold",
        reason_code: "release_channel_load_failed",
        recommendation: "repair the release channel file, or set the channel again",
        configured: false,
        channel: "unknown",
        path: `${reading.path} (${reading.error})`,
      };
    case "path-unavailable":
      return {
        health_state: "failing",
        rollout_gate: "hold",
        reason_code: "release_channel_path_unavailable",
        recommendation: "run from a directory that exists and can be read",
        configured: false,
        channel: "unknown",
        path: `unknown (${reading.error})`,
      };
  }
}
