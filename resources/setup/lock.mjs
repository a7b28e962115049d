import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const retryMs = 200;
const patienceMs = 15 * 60_000;

/** @param {number} processId */
function isAlive(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** @param {string} path; @returns {Promise<string>} what the lock says, "" when there is none */
const readOwner = (path) => readFile(path, "utf8").catch(() => "");

/**
 * Takes away a lock whose owner died. It is moved aside first and looked at again, because another waiter may have
 * done the same and taken a lock of its own in between; that one is put back.
 *
 * @param {string} path
 * @param {string} owner what the dead owner had written
 */
async function breakLock(path, owner) {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readOwner(aside)) !== owner) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

/**
 * Runs `action` while no other process on this machine runs one under the same lock file. A process that died
 * holding the lock does not block anyone.
 *
 * @template Result
 * @param {string} path of the lock file; its folder is made
 * @param {() => Promise<Result>} action
 * @returns {Promise<Result>} what `action` returns; rejects when the lock is not to be had within 15 minutes
 */
export async function withLock(path, action) {
  await mkdir(dirname(path), { recursive: true });
  const mine = `${process.pid} ${randomUUID()}`;
  const pending = `${path}.${randomUUID()}`;
  await writeFile(pending, mine);
  try {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      // A link appears whole or not at all, so nobody ever reads a half-written lock.
      const taken = await link(pending, path).then(
        () => true,
        (error) => {
          if (error.code !== "EEXIST") throw error;
          return false;
        },
      );
      if (taken) break;
      const owner = await readOwner(path);
      const processId = Number(owner.split(" ")[0]);
      if (owner !== "" && !(processId > 0 && isAlive(processId))) await breakLock(path, owner);
      else if (performance.now() > deadline) {
        throw new Error(`process ${processId} holds ${path} for more than 15 minutes`);
      } else await delay(retryMs);
    }
  } finally {
    await rm(pending, { force: true });
  }
  try {
    return await action();
  } finally {
    if ((await readOwner(path)) === mine) await rm(path, { force: true });
  }
}
