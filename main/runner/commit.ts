import { readdirSync } from "node:fs";
import path from "node:path";
import { ContractError } from "#domain/contract-error";
import { FieldReader, unsigned64 } from "#domain/decode";
import { parseJson } from "#domain/json-parse";
import { missingLines } from "./append-repair";
import { isProcessAlive } from "../system/process-identity";
import { fileSize, readIfPresent, readTail, sha256, temporaryName, type StateFiles } from "./state-files";

/** The file that makes a cycle's writes one step: once it is in place, all of them happen, now or at the next start. */
const commitFileName = ".gatehouse-commit.json";

/** One write of a commit; `path` is relative to the state directory and stays inside it. */
export type Change =
  /** Lines for the end of a file, which was `offset` bytes long; no lines at all only make the file. */
  | { readonly kind: "append"; readonly path: string; readonly offset: number; readonly text: string }
  /** A whole new file in place of one whose SHA-256 was `before` (null: there was none). */
  | {
      readonly kind: "replace";
      readonly path: string;
      readonly before: string | null;
      readonly text: string;
    };

/** How a commit reaches the disk. */
export interface CommitPorts {
  readonly files: StateFiles;
  nowUnixMs(): number;
  /** One line for standard error. */
  warn(message: string): void;
}

/** An append of whole lines to a file of the state directory, as long as the file is now. */
export function appendChange(stateDir: string, relative: string, text: string): Change {
  return { kind: "append", path: relative, offset: fileSize(path.join(stateDir, relative)), text };
}

/** A replacement of a file of the state directory, as it is now. */
export function replaceChange(stateDir: string, relative: string, text: string): Change {
  const before = readIfPresent(path.join(stateDir, relative));
  return { kind: "replace", path: relative, before: before === null ? null : sha256(before), text };
}

/**
 * Makes all changes or none. Throws a `ContractError`; when it was thrown after the commit file was in place, the
 * changes are completed at the next start.
 */
export function commitChanges(stateDir: string, changes: readonly Change[], ports: CommitPorts): void {
  const commitFile = path.join(stateDir, commitFileName);
  const checksum = checksumOf(changes);
  try {
    writeInPlace(commitFile, JSON.stringify({ format_version: 1, checksum, changes }), ports);
  } catch (error) {
    throw new ContractError(`failed to write ${commitFile}`, { cause: error });
  }
  applyChanges(stateDir, changes, ports);
}

/** Completes what an earlier process committed and did not finish; clears away what it had not committed. */
export function recoverCommit(stateDir: string, ports: CommitPorts): void {
  const commitFile = path.join(stateDir, commitFileName);
  removeStrayTemporaries(commitFile, ports.files);
  const bytes = readIfPresent(commitFile);
  if (bytes === null) return;
  const changes = parseCommit(bytes.toString("utf8"));
  if (changes === null) {
    ports.warn(
      `${commitFile}: not a complete commit file; discarded, the cycle it belonged to was never recorded`,
    );
    ports.files.remove(commitFile);
    return;
  }
  applyChanges(stateDir, changes, ports);
}

/** The changes of a commit file; null when it is not one, or not whole. */
function parseCommit(text: string): readonly Change[] | null {
  try {
    const reader = new FieldReader(parseJson(text), "");
    reader.integer("format_version", { minimum: 1, maximum: 1 });
    const changes = reader.objects("changes", decodeChange);
    return checksumOf(changes) === reader.string("checksum") ? changes : null;
  } catch {
    return null;
  }
}

function decodeChange(reader: FieldReader): Change {
  const kind = reader.choice("kind", ["append", "replace"]);
  const relative = reader.string("path");
  if (path.isAbsolute(relative) || relative.split(/[\\/]/).includes("..")) {
    throw new ContractError(`${reader.fieldPath("path")}: expected a path inside the state directory`);
  }
  const text = reader.string("text");
  return kind === "append"
    ? { kind, path: relative, offset: reader.integer("offset", unsigned64), text }
    : { kind, path: relative, before: reader.nullable("before", (from, key) => from.string(key)), text };
}

/** SHA-256 of the changes, independent of the order of their keys. */
function checksumOf(changes: readonly Change[]): string {
  const fields = changes.map((change) =>
    change.kind === "append"
      ? [change.kind, change.path, change.offset, change.text]
      : [change.kind, change.path, change.before, change.text],
  );
  return sha256(JSON.stringify(fields));
}

function applyChanges(stateDir: string, changes: readonly Change[], ports: CommitPorts): void {
  const directories = new Set<string>();
  for (const change of changes) {
    const file = path.join(stateDir, change.path);
    try {
      const directory = path.dirname(file);
      if (!directories.has(directory)) ports.files.makeDirectory(directory);
      for (let at = directory; at !== stateDir; at = path.dirname(at)) directories.add(at);
      if (change.kind === "append") applyAppend(file, change.offset, change.text, ports);
      else applyReplace(file, change.before, change.text, ports);
    } catch (error) {
      throw new ContractError(
        `failed to write ${file}; the next cycle will complete what this one recorded`,
        {
          cause: error,
        },
      );
    }
  }
  for (const directory of directories) ports.files.syncDirectory(directory);
  ports.files.remove(path.join(stateDir, commitFileName));
  ports.files.syncDirectory(stateDir);
}

function applyAppend(file: string, offset: number, text: string, ports: CommitPorts): void {
  const present = readTail(file, offset);
  if (present === null) {
    ports.files.append(file, Buffer.from(text));
    return;
  }
  const missing = missingLines(present.before, present.tail, Buffer.from(text));
  if (missing.length > 0) ports.files.append(file, missing);
}

function applyReplace(file: string, before: string | null, text: string, ports: CommitPorts): void {
  const present = readIfPresent(file);
  const found = present === null ? null : sha256(present);
  if (found === sha256(text)) return;
  if (found !== before) {
    // Somebody wrote this file after our cycle had read it: theirs is newer, and overwriting would lose it.
    ports.warn(`${file}: changed by another process since the cycle; left as it is`);
    return;
  }
  removeStrayTemporaries(file, ports.files);
  writeInPlace(file, text, ports);
}

/** Writes beside the file, then moves over it, so that a reader sees the old text or the new and nothing between. */
function writeInPlace(file: string, text: string, ports: CommitPorts): void {
  const temporary = temporaryName(file, ports.nowUnixMs());
  try {
    ports.files.write(temporary, text);
    ports.files.rename(temporary, file);
  } catch (error) {
    ports.files.remove(temporary);
    throw error;
  }
  ports.files.syncDirectory(path.dirname(file));
}

/** Removes temporary files that a process which is gone left beside `file`. */
function removeStrayTemporaries(file: string, files: StateFiles): void {
  const prefix = `.${path.basename(file)}.tmp-`;
  const directory = path.dirname(file);
  for (const name of readdirSync(directory)) {
    const owner = name.startsWith(prefix) ? /^(\d+)-\d+$/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (owner === undefined) continue;
    const pid = Number(owner);
    if (pid === process.pid || !isProcessAlive(pid)) files.remove(path.join(directory, name));
  }
}
