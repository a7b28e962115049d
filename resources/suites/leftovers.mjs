import { readdir, readFile, readlink } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** Environment variable that marks every process of a run, whatever group or session it has moved to. */
export const runVariable = "GATEHOUSE_TEST_RUN";

/**
 * A process that belongs to a run.
 *
 * @typedef {{ pid: number; command: string }} Leftover
 */

/** @param {Promise<string>} reading; @returns {Promise<string>} "" for a process that has gone, or is not ours to read */
const orNothing = (reading) => reading.catch(() => "");

/**
 * Processes of a run: those that carry its mark, and those that work in its folder or name it (a program may be started
 * with an environment of its own). Looks in `/proc`, so finds nothing where there is none.
 *
 * @param {string} mark value of `runVariable`
 * @param {string} folder absolute path of the run's temporary folder
 * @returns {Promise<Leftover[]>} without the process that asks
 */
export async function findLeftovers(mark, folder) {
  const names = await readdir("/proc").catch(() => /** @type {string[]} */ ([]));
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      if (pid === process.pid) return [];
      const [environment, command, directory] = await Promise.all([
        orNothing(readFile(`/proc/${pid}/environ`, "latin1")),
        orNothing(readFile(`/proc/${pid}/cmdline`, "utf8")),
        orNothing(readlink(`/proc/${pid}/cwd`)),
      ]);
      const isOurs =
        environment.split("\0").includes(`${runVariable}=${mark}`) ||
        command.includes(folder) ||
        directory.startsWith(folder);
      return isOurs ? [{ pid, command: command.replaceAll("\0", " ").trim() }] : [];
    }),
  );
  return found.flat();
}

/**
 * Kills every process of a run, also what those start while they are being killed.
 *
 * @param {string} mark
 * @param {string} folder
 * @param {readonly number[]} [spared] processes that are let live
 * @returns {Promise<Leftover[]>} what was found at first
 */
export async function killLeftovers(mark, folder, spared = []) {
  const look = async () => (await findLeftovers(mark, folder)).filter(({ pid }) => !spared.includes(pid));
  const first = await look();
  for (let found = first; found.length > 0; found = await look()) {
    for (const { pid } of found) kill(pid);
    await delay(20);
  }
  return first;
}

/** @param {number} pid of a process, or minus that of a group; one that has gone is no error */
export function kill(pid, /** @type {NodeJS.Signals} */ signal = "SIGKILL") {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}
