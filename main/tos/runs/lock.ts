import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BridgeError } from "#contract/envelope";
import { leftRunning } from "#domain/tos/runs/left-running";
import { lockFile, progressFileOf } from "#domain/tos/runs/run-files";
import { createOnce } from "../../system/create-once";
import { endGroup } from "../../system/process-group";
import { isSameProcessAlive, processStartTime } from "../../system/process-identity";
import { removeIfUnchanged } from "../../system/remove-if-unchanged";
import { describeFileError, isAbsent } from "../../watch/file-problem";
import { claimOwnFolder } from "./own-folder";
import { readProgress } from "./progress-file";

const holderSchema = z.strictObject({
  schemaVersion: z.literal(1),
  runId: z.string(),
  pid: z.number().int().positive(),
  /** Tells the process from a later one that was given the same number; null where the system does not say. */
  startTime: z.string().nullable(),
});
/** The run that works on a project, and its process. */
export type LockHolder = Omit<z.infer<typeof holderSchema>, "schemaVersion">;

/** A project that this process may work on until it releases it. */
export interface ProjectLock {
  /** The run whose process was gone without releasing the project; null when there was none. */
  readonly takenOverFrom: LockHolder | null;
  release(): Promise<void>;
}

/** Another run works on the project (governance G43). */
export class ProjectLockedError extends BridgeError {
  readonly holder: LockHolder;

  constructor(root: string, holder: LockHolder) {
    super("conflict", `another run works on ${root}: run ${holder.runId}, process ${holder.pid}`);
    this.holder = holder;
  }
}

const attempts = 10;

/**
 * Takes the lock of a project for a run of this process. A lock whose process is gone is taken over, and a command that
 * it left running is ended. Rejects at once with `ProjectLockedError` while another run works on the project, and with a
 * `BridgeError` (`unavailable`) when the project cannot be written.
 */
export async function lockProject(root: string, runId: string): Promise<ProjectLock> {
  const path = join(root, lockFile);
  const text = `${JSON.stringify({ schemaVersion: 1, runId, pid: process.pid, startTime: processStartTime(process.pid) })}\n`;
  let takenOverFrom: LockHolder | null = null;
  try {
    await claimOwnFolder(root);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (await createOnce(path, text)) {
        if (takenOverFrom !== null) await endLeftCommand(root, takenOverFrom);
        return { takenOverFrom, release: () => removeIfUnchanged(path, text) };
      }
      const found = await readLockFile(path);
      if (found === null) continue;
      if (found.holder !== null && isAlive(found.holder)) throw new ProjectLockedError(root, found.holder);
      await removeIfUnchanged(path, found.text);
      takenOverFrom = found.holder;
    }
  } catch (error) {
    if (error instanceof BridgeError) throw error;
    throw new BridgeError("unavailable", `${path} cannot be written: ${describeFileError(error)}`);
  }
  throw new BridgeError("conflict", `${path} keeps changing: other runs begin at the same moment`);
}

/** The run that works on a project now; null when none does. */
export async function readLock(root: string): Promise<LockHolder | null> {
  const holder = (await readLockFile(join(root, lockFile)))?.holder ?? null;
  return holder !== null && isAlive(holder) ? holder : null;
}

function isAlive({ pid, startTime }: LockHolder): boolean {
  return isSameProcessAlive(pid, startTime);
}

/** Text that names no process was not written by a lock, and nobody stands behind it. */
async function readLockFile(path: string): Promise<{ text: string; holder: LockHolder | null } | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
  try {
    return { text, holder: holderSchema.safeParse(JSON.parse(text)).data ?? null };
  } catch {
    return { text, holder: null };
  }
}

/** A command must not write on into a project that somebody else works on. */
async function endLeftCommand(root: string, { runId }: LockHolder): Promise<void> {
  const left = leftRunning(await readProgress(join(root, progressFileOf(runId)), 0));
  if (left !== null) await endGroup(left);
}
