import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { findLeftovers, killLeftovers, runVariable } from "./leftovers.mjs";

/** How often it is looked whether `npm` still waits for this process, milliseconds. */
const parentLookMs = 500;

/**
 * A run of tests that leaves nothing behind: a temporary folder of its own, a mark on its processes, and a signal that
 * says when it must end.
 *
 * @typedef {{ mark: string; folder: string; env: NodeJS.ProcessEnv; signal: AbortSignal }} GuardedRun `env` is for
 *   everything that is started; the signal's reason is a text
 */

/**
 * @template Result
 * @param {NodeJS.ProcessEnv} env
 * @param {(run: GuardedRun) => Promise<Result>} action ends soon after the signal is given
 * @returns {Promise<Result>} once no process and no folder of the run is left
 */
export async function runGuarded(env, action) {
  const mark = randomUUID();
  const folder = await mkdtemp(join(await realpath(tmpdir()), "gatehouse-run-"));
  const guardProgram = fileURLToPath(new URL("guard.mjs", import.meta.url));
  const guard = execa(process.execPath, [guardProgram, mark, folder], {
    stdin: "pipe",
    stdout: "ignore",
    stderr: "ignore",
    detached: true,
    cleanup: false,
    reject: false,
  });
  const ending = new AbortController();
  const release = whenAsked((reason) => ending.abort(reason));
  try {
    return await action({
      mark,
      folder,
      env: { ...env, TMPDIR: folder, [runVariable]: mark },
      signal: ending.signal,
    });
  } finally {
    await killLeftovers(mark, folder, guard.pid === undefined ? [] : [guard.pid]);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    guard.stdin.end();
    await guard;
    release();
  }
}

/**
 * What a run has left running, the guard and the process that asks apart.
 *
 * @param {GuardedRun} run
 */
export const leftRunning = async ({ mark, folder }) =>
  (await findLeftovers(mark, folder)).filter(({ command }) => !command.includes("guard.mjs"));

/**
 * Calls `end` when the run has to end: a signal, or the end of the `npm` that waits for it and hands on no signal.
 *
 * @param {(reason: string) => void} end
 * @returns {() => void} how to stop listening
 */
function whenAsked(end) {
  const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
  const onSignal = (/** @type {NodeJS.Signals} */ signal) => end(`ended by ${signal}`);
  for (const signal of signals) process.on(signal, onSignal);
  const parents = waitingParents();
  const timer = setInterval(() => {
    void parents.then(async (known) => {
      for (const { pid, started } of known)
        if ((await startedAt(pid)) !== started) end("ended, for npm that started it has ended");
    });
  }, parentLookMs);
  timer.unref();
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
    clearInterval(timer);
  };
}

/** @param {number} pid; @returns {Promise<string[]>} fields of `/proc/PID/stat` from the state on; empty when it has gone */
async function statOf(pid) {
  const text = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  return text === "" ? [] : text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** @param {number} pid; @returns {Promise<string>} when it was started, "" when it has gone (a zombie has) */
async function startedAt(pid) {
  const fields = await statOf(pid);
  return fields[0] === "Z" ? "" : (fields[19] ?? "");
}

/** The shell and the `npm` above this process, where it was started by `npm`. */
async function waitingParents() {
  const parents = [];
  if (process.env["npm_lifecycle_event"] === undefined) return [];
  for (let pid = process.ppid, step = 0; step < 2 && pid > 1; step += 1) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    parents.push({ pid, started: await startedAt(pid) });
    if (command.startsWith("npm")) break;
    pid = Number((await statOf(pid))[1] ?? 0);
  }
  return parents;
}
