import { execa } from "execa";
import { plainFailure } from "#domain/tos/repository/failure-text";
import type { Environment } from "./context";
import { GitFailure } from "./git-failure";

/** Variables that would point git at another repository or change how it reads paths (`git rev-parse --local-env-vars`). */
const foreignVariables = new Set([
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_CEILING_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_CONFIG",
  "GIT_DIR",
  "GIT_EXTERNAL_DIFF",
  "GIT_GLOB_PATHSPECS",
  "GIT_GRAFT_FILE",
  "GIT_ICASE_PATHSPECS",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_INTERNAL_SUPER_PREFIX",
  "GIT_LITERAL_PATHSPECS",
  "GIT_NAMESPACE",
  "GIT_NOGLOB_PATHSPECS",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
]);

export interface GitOptions {
  readonly environment?: Environment;
  /** Variables for this command alone. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** It writes: no optional lock is left out, and objects and references are on the disk before it ends. */
  readonly writing?: boolean;
  /** Exit codes that are answers, not failures; 0 is always one. */
  readonly answers?: readonly number[];
  readonly timeoutMs?: number;
  /** Bytes of standard output that are read at most. */
  readonly limitBytes?: number;
  /** Output beyond the limit is cut off; otherwise it is a failure. */
  readonly cut?: boolean;
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** There was more output than the limit. */
  readonly truncated: boolean;
}

/** Longest a git command may take, in milliseconds; hooks and signing programs count. */
const longestMs = 600_000;

/**
 * Runs git in a folder: arguments as they are, never a shell, never a question at the terminal, messages in English,
 * submodules left alone. Rejects with a `GitFailure` unless it exits with 0 or one of `answers`.
 */
export async function runGit(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  const command = `git ${args.join(" ")}`;
  const settings = [
    "-c",
    "submodule.recurse=false",
    "-c",
    "advice.statusHints=false",
    "-c",
    "gc.autoDetach=true",
    // On the disk before anything is announced, and with one wait for many objects.
    ...(options.writing ? ["-c", "core.fsync=committed,reference", "-c", "core.fsyncMethod=batch"] : []),
  ];
  const result = await execa("git", [...settings, ...args], {
    cwd: folder,
    env: gitEnvironment(options),
    extendEnv: false,
    encoding: "buffer",
    reject: false,
    stripFinalNewline: false,
    timeout: options.timeoutMs ?? longestMs,
    killSignal: "SIGTERM",
    forceKillAfterDelay: 2_000,
    maxBuffer: options.limitBytes ?? 1_000_000_000,
    // A group of its own: an interruption typed at the terminal must not tear what git is writing.
    detached: process.platform !== "win32",
    windowsHide: true,
    ...inputOf(options.input),
  });
  const stderr = textOf(result.stderr);
  const stdout = bytesOf(result.stdout);
  const { exitCode, signal, timedOut, code } = result;
  if (exitCode !== undefined && !timedOut && (exitCode === 0 || options.answers?.includes(exitCode)))
    return { exitCode, stdout, stderr, truncated: false };
  if (result.isMaxBuffer && options.cut) return { exitCode: 0, stdout, stderr, truncated: true };
  const ending =
    code === "ENOENT" ? "missing" : timedOut ? "timed-out" : signal === undefined ? "exited" : "signalled";
  throw new GitFailure({
    command,
    exitCode: exitCode ?? null,
    stderr,
    plain: plainFailure({
      command,
      exitCode: exitCode ?? null,
      stderr: stderr === "" && exitCode === undefined ? (result.originalMessage ?? "") : stderr,
      stdout: stdout.toString("utf8", 0, 2_000),
      ending,
    }),
  });
}

/** Output of a git command as text of one character for each byte, for paths and for NUL-separated fields. */
export async function gitBytes(
  folder: string,
  args: readonly string[],
  options?: GitOptions,
): Promise<string> {
  return (await runGit(folder, args, options)).stdout.toString("latin1");
}

/** Output of a git command as UTF-8 text without the final line break. */
export async function gitText(
  folder: string,
  args: readonly string[],
  options?: GitOptions,
): Promise<string> {
  return (await runGit(folder, args, options)).stdout.toString("utf8").replace(/\r?\n$/, "");
}

function gitEnvironment(options: GitOptions): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.environment ?? process.env))
    if (value !== undefined && !foreignVariables.has(name.toUpperCase())) environment[name] = value;
  return {
    ...environment,
    GIT_TERMINAL_PROMPT: "0",
    GCM_INTERACTIVE: "never",
    GIT_EDITOR: ":",
    GIT_PAGER: "cat",
    LC_ALL: "C",
    LANGUAGE: "C",
    ...(options.writing ? {} : { GIT_OPTIONAL_LOCKS: "0" }),
    ...options.variables,
  };
}

function inputOf(input: GitOptions["input"]) {
  if (input === undefined) return { stdin: "ignore" } as const;
  if (typeof input === "string") return { input: Buffer.from(input, "latin1") };
  return input instanceof Uint8Array ? { input } : { stdin: input };
}

const bytesOf = (output: unknown): Buffer =>
  output instanceof Uint8Array ? Buffer.from(output) : Buffer.alloc(0);
const textOf = (output: unknown): string => bytesOf(output).toString("utf8");
