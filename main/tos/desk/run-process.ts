import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { OwnRunner } from "../../host/program-root";

/** A process of the command line that carries out one operation. */
export interface RunProcess {
  readonly runId: string;
  readonly pid: number | undefined;
  readonly ended: boolean;
  /** Resolves with its exit code, null when a signal ended it or it could not be started. Never rejects. */
  readonly end: Promise<number | null>;
  /** What it said on its standard error so far, as lines; why it could not be started, if so. */
  words(): Promise<string[]>;
  /** Its words are not needed any more. */
  forgetWords(): Promise<void>;
}

/** Most of what is kept of a process's words, in bytes: a refusal is a few lines. */
const maximumWords = 65_536;

/**
 * Starts an operation in a process group of its own, which outlives this console whatever becomes of it: nothing it
 * prints goes to a pipe that could break. The environment is all of the console's own, because the models' keys may be
 * there. Rejects when there is no room for what it says.
 */
export async function startRunProcess(
  runner: OwnRunner,
  runId: string,
  commandLine: readonly string[],
  options: { readonly directory: string; readonly environment: Readonly<Record<string, string | undefined>> },
): Promise<RunProcess> {
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-tos-"));
  const path = join(folder, "stderr");
  const words = createWriteStream(path, { flags: "ax" });
  await once(words, "open");
  const child = execa(runner.nodeExecutable, [runner.cliEntry, ...commandLine], {
    cwd: options.directory,
    env: { ...options.environment, ELECTRON_RUN_AS_NODE: "1" },
    extendEnv: false,
    stdin: "ignore",
    stdout: "ignore",
    stderr: words,
    buffer: false,
    reject: false,
    detached: process.platform !== "win32",
    cleanup: false,
    windowsHide: true,
  });
  let ended = false;
  let problem = "";
  const end = child.then((result) => {
    ended = true;
    if (child.pid === undefined) problem = (result as { originalMessage?: string }).originalMessage ?? "";
    return result.exitCode ?? null;
  });
  // The process has a handle of its own by now.
  words.destroy();
  return {
    runId,
    pid: child.pid,
    get ended() {
      return ended;
    },
    end,
    async words() {
      const text = (await readFile(path).catch(() => Buffer.alloc(0))).subarray(0, maximumWords);
      return [...text.toString("utf8").split("\n"), problem]
        .map((line) => line.trim())
        .filter((line) => line !== "");
    },
    forgetWords: () => rm(folder, { recursive: true, force: true }).catch(() => undefined),
  };
}
