import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { execa } from "execa";
import { kill } from "./leftovers.mjs";

/** Time between being asked to end and being killed, milliseconds. */
const graceMs = 5_000;
const lookMs = 250;

/**
 * Runs a program in a process group of its own until it ends, until `signal` is given, or until `watched` has not grown
 * for `silenceMs`. Whatever ends it, the whole group has ended when this resolves. Its output goes to the file `log`.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string; env: NodeJS.ProcessEnv; log: string; watched: string; silenceMs: number; signal: AbortSignal }} options
 * @returns {Promise<{ code: number | null; stopped: string }>} `stopped` says why it was ended from here, "" when it was not
 */
export async function runSupervised(program, args, { cwd, env, log, watched, silenceMs, signal }) {
  // The file itself and no pipe: what outlives the program must not keep its end from being seen.
  const output = createWriteStream(log);
  await once(output, "open");
  const child = execa(program, [...args], {
    cwd,
    env,
    extendEnv: false,
    stdin: "ignore",
    stdout: output,
    stderr: output,
    detached: true,
    cleanup: false,
    reject: false,
  });
  const { pid } = child;
  let ended = false;
  void child.then(() => {
    ended = true;
  });
  let stopped = "";
  let size = 0;
  let grownAt = performance.now();
  while (!ended) {
    await Promise.race([child, delay(lookMs)]);
    const now = (await stat(watched).catch(() => undefined))?.size ?? 0;
    if (now !== size) {
      size = now;
      grownAt = performance.now();
    }
    if (signal.aborted) stopped = String(signal.reason);
    else if (performance.now() - grownAt > silenceMs)
      stopped = `no test ended in ${Math.round(silenceMs / 1_000)} s`;
    if (stopped !== "" && !ended && pid !== undefined) {
      kill(-pid, "SIGTERM");
      await Promise.race([child, delay(graceMs)]);
      break;
    }
  }
  // What the program started belongs to its group, whether the program itself has ended or not.
  if (pid !== undefined) kill(-pid);
  const { exitCode } = await child;
  output.destroy();
  return { code: exitCode ?? null, stopped };
}
