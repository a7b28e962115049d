import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import type { CommandContext } from "../../cli/terminal";
import { UsageError } from "../../cli/failure";
import { withInterruption } from "../interruption";
import { positive, readOptions } from "../options";
import { runLive, type LiveRunOptions } from "./run-live";
import { workRootPaths } from "./work-root";

/** `gatehouse browser-live`: the live browser run from start to report (spec/tau/live-run.md §4). */
export async function runLiveCommand(argv: readonly string[], context: CommandContext): Promise<number> {
  const options = parseLiveOptions(argv);
  const entry = process.argv[1];
  if (entry === undefined)
    throw new UsageError("browser-live runs itself again and needs to be run from a file");
  return withInterruption((signal) =>
    runLive(options, {
      terminal: context.terminal,
      environment: context.environment,
      signal,
      program: {
        executable: process.execPath,
        entry: path.resolve(entry),
        asElectron: "electron" in process.versions,
      },
    }),
  );
}

/**
 * The script's options, and ours: `--work-root`, `--state-dir`, `--summary-json-out` and `--fixture`. `--binary` and
 * `--skip-build` are accepted and do nothing, for there is nothing to build. Throws a `UsageError`.
 */
export function parseLiveOptions(argv: readonly string[]): LiveRunOptions {
  const values = readOptions(argv, {
    "repo-root": { type: "string", default: "." },
    binary: { type: "string" },
    "skip-build": { type: "boolean" },
    "timeout-seconds": { type: "string" },
    "playwright-cli": { type: "string" },
    "work-root": { type: "string" },
    "state-dir": { type: "string" },
    "summary-json-out": { type: "string" },
    fixture: { type: "string" },
  });
  const repositoryRoot = path.resolve(values["repo-root"]);
  if (!isDirectory(repositoryRoot))
    throw new UsageError(`invalid --repo-root path (directory not found): ${values["repo-root"]}`);
  const playwrightCli =
    values["playwright-cli"] === undefined ? null : path.resolve(values["playwright-cli"]);
  if (playwrightCli !== null && !isExecutable(playwrightCli))
    throw new UsageError(`provided --playwright-cli is not executable: ${values["playwright-cli"]}`);
  const workRoot = values["work-root"] ?? path.join(repositoryRoot, ".tau", "demo-browser-automation-live");
  const seconds = values["timeout-seconds"];
  return {
    paths: workRootPaths(path.resolve(workRoot), {
      stateDir: absolute(values["state-dir"]),
      summary: absolute(values["summary-json-out"]),
    }),
    fixturePath: absolute(values.fixture),
    playwrightCli,
    timeoutSeconds: seconds === undefined ? null : positive(seconds, "timeout-seconds"),
  };
}

function absolute(value: string | undefined): string | null {
  return value === undefined ? null : path.resolve(value);
}

function isDirectory(directory: string): boolean {
  return statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
