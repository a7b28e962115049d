import { ContractError } from "../contract-error";
import { FieldReader, unsigned64 } from "../decode";
import { parseJson } from "../json-parse";
import { isBlank } from "../text";

/** An entry of `artifacts/index.jsonl`, as far as inspection and repair need it (spec/tau/surfaces.md §6). */
export interface ArtifactRecord {
  /** Path of the artifact's file, relative to the channel's directory and inside it. */
  readonly relativePath: string;
  /** Null for one that is kept for ever. */
  readonly expiresUnixMs: number | null;
}

/** One line of a JSONL file, as bytes without the newline, and the record on it; null when it is not one. */
export interface RecordLine<Item> {
  readonly bytes: Uint8Array;
  readonly record: Item | null;
}

/** Checks a line of `log.jsonl`; throws when it is not a log record. */
export function readLogRecord(text: string): true {
  const reader = new FieldReader(parseJson(text), "");
  reader.integer("timestamp_unix_ms", unsigned64);
  for (const key of ["direction", "source"]) reader.string(key);
  reader.nullable("event_key", (_, key) => reader.string(key));
  reader.json("payload");
  return true;
}

/** Checks a line of `context.jsonl`; throws when it is not a context record. */
export function readContextRecord(text: string): true {
  const reader = new FieldReader(parseJson(text), "");
  reader.integer("timestamp_unix_ms", unsigned64);
  for (const key of ["role", "text"]) reader.string(key);
  return true;
}

/** Reads a line of `artifacts/index.jsonl`; throws when it is not an artifact record. */
export function readArtifactRecord(text: string): ArtifactRecord {
  const reader = new FieldReader(parseJson(text), "");
  for (const key of ["id", "run_id", "artifact_type", "visibility", "checksum_sha256"]) reader.string(key);
  for (const key of ["bytes", "created_unix_ms"]) reader.integer(key, unsigned64);
  const relativePath = reader.string("relative_path");
  if (isBlank(relativePath) || relativePath.startsWith("/") || relativePath.split(/[\\/]/).includes(".."))
    throw new ContractError("relative_path: expected a path inside the channel's directory");
  return { relativePath, expiresUnixMs: reader.nullable("expires_unix_ms", readTime) };
}

function readTime(reader: FieldReader, key: string): number {
  return reader.integer(key, unsigned64);
}

/** True once an artifact's time is over. */
export function isExpired(artifact: ArtifactRecord, nowUnixMs: number): boolean {
  return artifact.expiresUnixMs !== null && artifact.expiresUnixMs <= nowUnixMs;
}
