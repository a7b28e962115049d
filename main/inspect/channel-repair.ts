import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { ContractError } from "#domain/contract-error";
import { isExpired, type RecordLine } from "#domain/inspect/channel-records";
import { jsonObject, type JsonObject } from "#domain/json";
import type { Clock } from "#domain/clock";
import { withStateDirectory } from "../runner/state-directory";
import { type Channel, countInvalid, openChannel, readChannelLines } from "./channel-store";
import { fileIn } from "./paths";
import { systemReason } from "./text-file";

/**
 * Sets a channel's invalid lines aside in `<name>.<ms>.corrupt` and removes expired artifacts (spec/tau/surfaces.md
 * §6). The state directory around the store is locked meanwhile, so that no cycle appends to a file that is being
 * rewritten. Nothing is dropped before it is safe elsewhere.
 */
export function repairChannel(
  root: string,
  channel: Channel,
  ports: { readonly clock: Clock; warn(message: string): void },
): Promise<JsonObject> {
  return withStateDirectory(dirname(root), "channel store repair", ports, async () => {
    await openChannel(channel);
    const nowUnixMs = ports.clock.nowUnixMs();
    const { log, context, artifacts } = await readChannelLines(channel);
    const expired = artifacts.flatMap(({ record }) =>
      record !== null && isExpired(record, nowUnixMs) ? [record] : [],
    );
    for (const artifact of expired)
      await rm(fileIn(channel.directory, artifact.relativePath), { force: true });
    const unexpired = artifacts.filter(({ record }) => record === null || !expired.includes(record));
    return jsonObject({
      transport: channel.transport,
      channel_id: channel.channelId,
      dir: channel.directory,
      log_removed_lines: countInvalid(log),
      log_backup_path: await setAside(fileIn(channel.directory, "log"), log, nowUnixMs, false),
      context_removed_lines: countInvalid(context),
      context_backup_path: await setAside(fileIn(channel.directory, "context"), context, nowUnixMs, false),
      artifact_removed_lines: countInvalid(artifacts),
      artifact_backup_path: await setAside(
        fileIn(channel.directory, "artifacts/index"),
        unexpired,
        nowUnixMs,
        expired.length > 0,
      ),
      expired_artifacts_removed: expired.length,
    });
  });
}

/** Rewrites `<stem>.jsonl` without its invalid lines, which go to the returned file; `none` when there were none. */
async function setAside(
  stem: string,
  lines: readonly RecordLine<unknown>[],
  nowUnixMs: number,
  rewriteAnyway: boolean,
): Promise<string> {
  const invalid = lines.filter(({ record }) => record === null);
  if (invalid.length === 0 && !rewriteAnyway) return "none";
  const backup = `${stem}.${nowUnixMs}.corrupt`;
  const temporary = `${stem}.jsonl.tmp-${process.pid}`;
  try {
    if (invalid.length > 0) await writeDurably(backup, invalid);
    await writeDurably(
      temporary,
      lines.filter(({ record }) => record !== null),
    );
    await rename(temporary, `${stem}.jsonl`);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new ContractError(`failed to repair ${stem}.jsonl`, { cause: systemReason(error) });
  }
  return invalid.length > 0 ? backup : "none";
}

async function writeDurably(path: string, lines: readonly RecordLine<unknown>[]): Promise<void> {
  const file = await open(path, "w");
  try {
    for (const { bytes } of lines) await file.write(Buffer.concat([bytes, Buffer.from("\n")]));
    await file.sync();
  } finally {
    await file.close();
  }
}
