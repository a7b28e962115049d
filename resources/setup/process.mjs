import { spawn } from "node:child_process";

/**
 * The only place outside the installed packages that starts a process: set-up runs before `execa` exists.
 *
 * @typedef {{
 *   code: number | null;
 *   signal: NodeJS.Signals | null;
 *   stdout: string;
 *   stderr: string;
 *   stopped: string;
 * }} ProcessResult `stopped` says why this side ended the process; empty when it ended by itself. `code` is null
 *   when a signal ended it, or when it could not be started (`stderr` then says why).
 */

const keptCharacters = 1_000_000;
const killAfterMs = 5_000;

/** Asks first, then kills. @param {import("node:child_process").ChildProcess} child */
function end(child) {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  timer.unref();
}

/**
 * Runs a program with no standard input and keeps the end of what it prints (1,000,000 characters a stream).
 * Never rejects.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{
 *   cwd?: string;
 *   env?: NodeJS.ProcessEnv;
 *   timeoutMs?: number;
 *   supervise?: () => string | Promise<string>;
 * }} [options] `supervise` is asked four times a second and answers why the process must end, or "".
 * @returns {Promise<ProcessResult>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    const output = { stdout: "", stderr: "" };
    let stopped = "";
    /** @param {string} reason */
    const stop = (reason) => {
      if (stopped !== "" || reason === "") return;
      stopped = reason;
      end(child);
    };
    const supervise = async () => stop((await options.supervise?.()) ?? "");
    const timer = options.timeoutMs
      ? setTimeout(
          () => stop(`no end after ${Math.round((options.timeoutMs ?? 0) / 1000)} s`),
          options.timeoutMs,
        )
      : undefined;
    const watch = options.supervise ? setInterval(() => void supervise(), 250) : undefined;
    for (const name of /** @type {const} */ (["stdout", "stderr"])) {
      child[name].setEncoding("utf8");
      child[name].on("data", (/** @type {string} */ text) => {
        output[name] = (output[name] + text).slice(-keptCharacters);
      });
    }
    /** @param {number | null} code; @param {NodeJS.Signals | null} signal */
    const finish = (code, signal) => {
      clearTimeout(timer);
      clearInterval(watch);
      resolve({ code, signal, ...output, stopped });
    };
    child.on("error", (error) => {
      output.stderr += error.message;
      finish(null, null);
    });
    child.on("close", finish);
  });
}

/**
 * Runs a program on this terminal until it ends, handing on the signals that only reach this process.
 * A Ctrl-C in a terminal reaches the whole foreground group, so it is handed on only without one.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string; env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code, or 128 + the number of the signal that ended it; rejects when it cannot start
 */
export function runOnTerminal(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: "inherit",
    });
    const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15, SIGKILL: 9 };
    /** @type {(signal: NodeJS.Signals) => void} */
    const handOn = (signal) => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    const handled = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
    for (const signal of handled) process.on(signal, handOn);
    const release = () => {
      for (const signal of handled) process.off(signal, handOn);
    };
    child.on("error", (error) => {
      release();
      reject(error);
    });
    child.on("close", (code, signal) => {
      release();
      resolve(code ?? 128 + (signalNumbers[/** @type {keyof typeof signalNumbers} */ (signal)] ?? 1));
    });
  });
}
