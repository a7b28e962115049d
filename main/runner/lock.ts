import { randomUUID } from "node:crypto";
import { linkSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ContractError } from "#domain/contract-error";
import { FieldReader } from "#domain/decode";
import { parseJson } from "#domain/json-parse";
import { isSameProcessAlive, processStartTime } from "../system/process-identity";
import { errorCodeOf, isMissing, readIfPresent } from "./state-files";

/** Names the process that runs a cycle in a state directory. */
export const lockFileName = ".gatehouse-lock";

/** Who holds a lock. `startTime` tells a reused process id apart, `token` two locks of one process. */
interface Owner {
  readonly pid: number;
  readonly startTime: string | null;
  readonly token: string;
}

/** A held lock. */
export interface StateDirLock {
  /** Throws a `ContractError` when the lock is no longer this process's. */
  requireHeld(): void;
  release(): void;
}

/** Beyond these, a number means a group of processes, or all of them. */
const processIds = { minimum: 1, maximum: 2_147_483_647 };
const takeoverAttempts = 5;

/**
 * Takes the lock of a state directory. A lock whose process is gone is taken over; one that is held by a running
 * process is a `ContractError` at once, so that nothing ever waits here.
 */
export function acquireLock(stateDir: string): StateDirLock {
  const lockFile = path.join(stateDir, lockFileName);
  const owner: Owner = { pid: process.pid, startTime: processStartTime(process.pid), token: randomUUID() };
  const text = JSON.stringify(owner);
  for (let attempt = 0; attempt < takeoverAttempts; attempt += 1) {
    if (createLock(lockFile, text, owner.token)) {
      removeStrayClaims(stateDir);
      return heldLock(stateDir, lockFile, text);
    }
    const found = readIfPresent(lockFile)?.toString("utf8");
    if (found === undefined) continue;
    const holder = livingHolder(found);
    if (holder !== null) throw inUse(stateDir, holder);
    removeStaleLock(lockFile, found, owner.token);
  }
  throw new ContractError(`state directory ${stateDir} is contended by other processes; try again`);
}

/** A hard link appears with its content, so a lock is never seen empty. False when there is a lock already. */
function createLock(lockFile: string, text: string, token: string): boolean {
  const claim = `${lockFile}.${token}`;
  try {
    writeFileSync(claim, text, { flag: "wx" });
    linkSync(claim, lockFile);
    return true;
  } catch (error) {
    // A claim that vanished was swept away by the lock's owner before it was written to the end.
    if (errorCodeOf(error) === "EEXIST" || isMissing(error)) return false;
    throw new ContractError(`failed to create ${lockFile}`, { cause: error });
  } finally {
    rmSync(claim, { force: true });
  }
}

/** The process that holds a lock with this text, if it runs; text that names none was not written by a lock. */
function livingHolder(text: string): number | null {
  let owner: Owner;
  try {
    owner = parseOwner(text);
  } catch {
    return null;
  }
  return isSameProcessAlive(owner.pid, owner.startTime) ? owner.pid : null;
}

function parseOwner(text: string): Owner {
  const reader = new FieldReader(parseJson(text), "");
  return {
    pid: reader.integer("pid", processIds),
    startTime: reader.nullable("startTime", (from, key) => from.string(key)),
    token: reader.string("token"),
  };
}

/** Moves the stale lock aside and looks at what was moved: between reading and moving, somebody may have taken over. */
function removeStaleLock(lockFile: string, stale: string, token: string): void {
  const aside = `${lockFile}.stale-${token}`;
  try {
    renameSync(lockFile, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw new ContractError(`failed to take over ${lockFile}`, { cause: error });
  }
  try {
    if (readIfPresent(aside)?.toString("utf8") !== stale) linkSync(aside, lockFile);
  } catch (error) {
    // Yet another process took the lock meanwhile; the one that was moved notices before it commits.
    if (errorCodeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Removes what processes that were killed while they asked for the lock left beside it. */
function removeStrayClaims(stateDir: string): void {
  for (const name of readdirSync(stateDir)) {
    if (!name.startsWith(`${lockFileName}.`)) continue;
    const claim = path.join(stateDir, name);
    const text = readIfPresent(claim)?.toString("utf8");
    if (text !== undefined && livingHolder(text) === null) rmSync(claim, { force: true });
  }
}

function heldLock(stateDir: string, lockFile: string, text: string): StateDirLock {
  const isOurs = () => readIfPresent(lockFile)?.toString("utf8") === text;
  return {
    requireHeld() {
      if (!isOurs()) throw new ContractError(`state directory ${stateDir} was taken over by another process`);
    },
    release() {
      if (isOurs()) rmSync(lockFile, { force: true });
    },
  };
}

function inUse(stateDir: string, pid: number): ContractError {
  return new ContractError(`state directory ${stateDir} is in use by process ${pid}; one cycle at a time`);
}
