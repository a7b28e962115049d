import path from "node:path";
import { ContractError, withContext } from "#domain/contract-error";
import type { StampedChannelEntry } from "#domain/cycle/play-cycle";
import { FieldReader } from "#domain/decode";
import { jsonObject, printCompact, printPretty, sortKeys } from "#domain/json";
import { parseJson } from "#domain/json-parse";
import { appendChange, replaceChange, type Change } from "./commit";
import { readIfPresent } from "./state-files";

const maximumSegmentBytes = 255;

/**
 * A name as one folder of the channel store: characters outside `[A-Za-z0-9._-]` become `_`, those at the ends go, and
 * nothing is left as `channel` (spec/tau/surfaces.md §6). `.` and `..` are no names either: they would leave the store.
 */
export function channelSegment(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9._-]/gu, "_").replace(/^_+|_+$/g, "");
  return safe === "" || safe === "." || safe === ".." ? "channel" : safe;
}

/** Folder of a channel, relative to the state directory. */
export function channelDirectory(transport: string, channelId: string): string {
  return path.join("channel-store", "channels", channelSegment(transport), channelSegment(channelId));
}

/**
 * The changes that bring a cycle's entries into the channel store, one file after another. Throws a `ContractError`
 * when a folder belongs to another channel id or cannot be made (spec/tau/surfaces.md §6).
 */
export function channelChanges(stateDir: string, entries: readonly StampedChannelEntry[]): Change[] {
  const channels = new Map<string, StampedChannelEntry[]>();
  for (const entry of entries) {
    const directory = channelDirectory(entry.transport, entry.channelId);
    const others = channels.get(directory) ?? [];
    channels.set(directory, [...others, entry]);
  }
  return [...channels].flatMap(([directory, own]) => oneChannel(stateDir, directory, own));
}

function oneChannel(stateDir: string, directory: string, entries: readonly StampedChannelEntry[]): Change[] {
  const [first] = entries;
  if (first === undefined) return [];
  if (Buffer.byteLength(path.basename(directory)) > maximumSegmentBytes) {
    throw new ContractError(`channel id '${first.channelId}' is too long for a folder name`);
  }
  const opening = openChannel(stateDir, directory, first);
  const stranger = entries.find((entry) => entry.channelId !== first.channelId);
  if (stranger !== undefined) throw schemaMismatch(directory, first.channelId, stranger.channelId);
  const at = (name: string) => path.join(directory, name);
  const memory = entries.findLast((entry) => entry.memory !== null)?.memory ?? null;
  return [
    ...opening,
    appendChange(stateDir, at("log.jsonl"), entries.map(logLine).join("")),
    appendChange(stateDir, at("context.jsonl"), entries.map(contextRecord).join("")),
    appendChange(stateDir, at("attachments/index.jsonl"), ""),
    appendChange(stateDir, at("artifacts/index.jsonl"), ""),
    ...(memory === null ? [] : [replaceChange(stateDir, at("MEMORY.md"), withLastNewline(memory))]),
  ];
}

function openChannel(stateDir: string, directory: string, entry: StampedChannelEntry): Change[] {
  const relative = path.join(directory, "schema.json");
  const file = path.join(stateDir, relative);
  const { transport, channelId: channel_id } = entry;
  const present = readIfPresent(file);
  if (present === null) {
    const text = printPretty(jsonObject({ schema_version: 1, transport, channel_id }));
    return [{ kind: "replace", path: relative, before: null, text: `${text}\n` }];
  }
  const schema = withContext(`failed to parse channel schema ${file}`, () =>
    parseSchema(present.toString("utf8")),
  );
  if (schema.transport !== transport) throw schemaMismatch(directory, schema.transport, transport);
  if (schema.channelId !== channel_id) throw schemaMismatch(directory, schema.channelId, channel_id);
  return [];
}

function parseSchema(text: string): { readonly transport: string; readonly channelId: string } {
  const reader = new FieldReader(parseJson(text), "");
  reader.integer("schema_version", { minimum: 1, maximum: 1 });
  return { transport: reader.string("transport"), channelId: reader.string("channel_id") };
}

function schemaMismatch(directory: string, found: string, wanted: string): ContractError {
  return new ContractError(
    `channel store schema mismatch in ${directory}: it belongs to '${found}', not '${wanted}'`,
  );
}

function logLine(entry: StampedChannelEntry): string {
  const record = jsonObject({
    timestamp_unix_ms: entry.timestampUnixMs,
    direction: entry.direction ?? "system",
    event_key: entry.eventKey,
    source: entry.source,
    payload: sortKeys(entry.logPayload),
  });
  return `${printCompact(record)}\n`;
}

function contextRecord(entry: StampedChannelEntry): string {
  const record = jsonObject({
    timestamp_unix_ms: entry.timestampUnixMs,
    role: "system",
    text: entry.contextText,
  });
  return `${printCompact(record)}\n`;
}

function withLastNewline(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
