import { readdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ContractError } from "#domain/contract-error";
import { missingLines } from "./append-repair";
import { isProcessAlive } from "./process-identity";
import { fileSize, readIfPresent, readTail, sha256, temporaryName, type StateFiles } from "./state-files";

/** The file that makes a cycle's writes one step: once it is in place, all of them happen, now or at the next start. */
const commitFileName = ".gatehouse-commit.json";

const relativePathSchema = z
  .string()
  .min(1)
  .refine((text) => !path.isAbsolute(text) && !text.split(/[\\/]/).includes(".."), "expected a path inside");

const commitSchema = z.strictObject({
  format_version: z.literal(1),
  /** SHA-256 of `changes` as compact JSON. */
  checksum: z.string(),
  changes: z.array(
    z.discriminatedUnion("kind", [
      /** Lines for the end of a file, which was `offset` bytes long; no lines at all only make the file. */
      z.strictObject({
        kind: z.literal("append"),
        path: relativePathSchema,
        offset: z.number().int().nonnegative(),
        text: z.string(),
      }),
      /** A whole new file in place of one whose SHA-256 was `before` (null: there was none). */
      z.strictObject({
        kind: z.literal("replace"),
        path: relativePathSchema,
        before: z.string().nullable(),
        text: z.string(),
      }),
    ]),
  ),
});
export type Change = z.infer<typeof commitSchema>["changes"][number];

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
  const checksum = sha256(JSON.stringify(changes));
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

function parseCommit(text: string): readonly Change[] | null {
  try {
    const commit = commitSchema.parse(JSON.parse(text));
    return sha256(JSON.stringify(commit.changes)) === commit.checksum ? commit.changes : null;
  } catch {
    return null;
  }
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
