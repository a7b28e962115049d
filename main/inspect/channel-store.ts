import { mkdir, stat, writeFile } from "node:fs/promises";
import { z } from "zod";
import { ContractError, withContext } from "#domain/contract-error";
import {
  type ArtifactRecord,
  isExpired,
  readArtifactRecord,
  readContextRecord,
  readLogRecord,
  type RecordLine,
} from "#domain/inspect/channel-records";
import { plainJson } from "#domain/inspect/plain-json";
import { jsonObject, type JsonObject, printPretty } from "#domain/json";
import { parseJson } from "#domain/json-parse";
import { isBlank } from "#domain/text";
import { channelSegment } from "../runner/channel-store";
import { fileIn } from "./paths";
import { readRecordLines } from "./record-lines";
import { isMissing, readTextFile, systemReason } from "./text-file";

/** A channel by its names, and the directory it lives in. */
export interface Channel {
  readonly transport: string;
  readonly channelId: string;
  readonly directory: string;
}

const schemaFile = z.object({ schema_version: z.literal(1), transport: z.string(), channel_id: z.string() });

/** Reads `<transport>/<channel id>`, split at the first slash (spec/tau/surfaces.md §6). */
export function parseChannel(flag: string, root: string, reference: string): Channel {
  const slash = reference.indexOf("/");
  const transport = reference.slice(0, Math.max(0, slash));
  const channelId = reference.slice(slash + 1);
  if (isBlank(transport) || isBlank(channelId))
    throw new ContractError(`invalid --${flag} '${reference}', expected <transport>/<channel id>`);
  const directory = ["channels", channelSegment(transport), channelSegment(channelId)].reduce(fileIn, root);
  return { transport, channelId, directory };
}

/**
 * Opens a channel, and thus creates it where it is missing (spec/tau/surfaces.md §6). Files that exist are left as they
 * are; a directory that belongs to another channel id is an error.
 */
export async function openChannel(channel: Channel): Promise<void> {
  const { transport, channelId: channel_id, directory } = channel;
  const schemaPath = fileIn(directory, "schema.json");
  try {
    for (const folder of ["attachments", "artifacts"])
      await mkdir(fileIn(directory, folder), { recursive: true });
    const schema = printPretty(jsonObject({ schema_version: 1, transport, channel_id }));
    await createFile(schemaPath, `${schema}\n`);
    for (const name of ["log.jsonl", "context.jsonl", "attachments/index.jsonl", "artifacts/index.jsonl"])
      await createFile(fileIn(directory, name), "");
  } catch (error) {
    throw new ContractError(`failed to create channel ${directory}`, { cause: systemReason(error) });
  }
  const text = await readTextFile("channel schema", schemaPath);
  const found = withContext(`failed to parse channel schema ${schemaPath}`, () =>
    schemaFile.parse(plainJson(parseJson(text))),
  );
  if (found.transport !== transport || found.channel_id !== channel_id)
    throw new ContractError(
      `channel store schema mismatch in ${directory}: it belongs to ` +
        `'${found.transport}/${found.channel_id}', not '${transport}/${channel_id}'`,
    );
}

/** The lines of a channel's three record files. */
export interface ChannelLines {
  readonly log: readonly RecordLine<true>[];
  readonly context: readonly RecordLine<true>[];
  readonly artifacts: readonly RecordLine<ArtifactRecord>[];
}

export async function readChannelLines(channel: Channel): Promise<ChannelLines> {
  const { directory } = channel;
  return {
    log: await readRecordLines(fileIn(directory, "log.jsonl"), readLogRecord),
    context: await readRecordLines(fileIn(directory, "context.jsonl"), readContextRecord),
    artifacts: await readRecordLines(fileIn(directory, "artifacts/index.jsonl"), readArtifactRecord),
  };
}

/** The figures of one channel, keys in the order they are printed (spec/tau/surfaces.md §6). */
export async function inspectChannel(channel: Channel, nowUnixMs: number): Promise<JsonObject> {
  await openChannel(channel);
  const { log, context, artifacts } = await readChannelLines(channel);
  const records = artifacts.flatMap(({ record }) => record ?? []);
  const expired = records.filter((artifact) => isExpired(artifact, nowUnixMs)).length;
  const memoryBytes = await fileBytes(fileIn(channel.directory, "MEMORY.md"));
  return jsonObject({
    transport: channel.transport,
    channel_id: channel.channelId,
    dir: channel.directory,
    log_records: log.length - countInvalid(log),
    context_records: context.length - countInvalid(context),
    invalid_log_lines: countInvalid(log),
    invalid_context_lines: countInvalid(context),
    artifact_records: records.length,
    invalid_artifact_lines: countInvalid(artifacts),
    active_artifacts: records.length - expired,
    expired_artifacts: expired,
    memory_exists: memoryBytes !== null,
    memory_bytes: memoryBytes ?? 0,
  });
}

export function countInvalid(lines: readonly RecordLine<unknown>[]): number {
  return lines.filter(({ record }) => record === null).length;
}

async function createFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

async function fileBytes(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw new ContractError(`failed to read ${path}`, { cause: systemReason(error) });
  }
}
