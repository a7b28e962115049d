import { chmod, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { ContractError } from "#domain/contract-error";
import { quoteCommandLine } from "../../drivers/command-line";

/** Files of one live run (spec/tau/live-run.md §4); all paths are absolute. */
export interface WorkRoot {
  readonly directory: string;
  readonly fixture: string;
  readonly executor: string;
  readonly stateDir: string;
  readonly summary: string;
  readonly report: string;
  readonly transcript: string;
}

export function workRootPaths(
  directory: string,
  chosen: { readonly stateDir: string | null; readonly summary: string | null },
): WorkRoot {
  return {
    directory,
    fixture: path.join(directory, "work", "browser-live-fixture.json"),
    executor: path.join(directory, "work", "browser-executor"),
    stateDir: chosen.stateDir ?? path.join(directory, "state"),
    summary: chosen.summary ?? path.join(directory, "browser-live-summary.json"),
    report: path.join(directory, "browser-live-report.json"),
    transcript: path.join(directory, "browser-live-transcript.log"),
  };
}

const ownNames: ReadonlySet<string> = new Set([
  "work",
  "state",
  "browser-live-summary.json",
  "browser-live-report.json",
  "browser-live-transcript.log",
]);

/**
 * Deletes an earlier run's files, as the demo does before it begins (spec/tau/live-run.md §4). A folder that holds
 * anything else is refused: it is not a work root, and deleting it would lose somebody's files.
 */
export async function clearWorkRoot(directory: string): Promise<void> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new ContractError(`failed to read work root ${directory}`, { cause: error });
  });
  const others = names.filter((name) => !ownNames.has(name));
  if (others.length > 0)
    throw new ContractError(
      `work root ${directory}: expected an empty folder or an earlier run's, found ${others.slice(0, 5).join(", ")}`,
    );
  await rm(directory, { recursive: true, force: true });
}

/** Writes what the harness is given: the fixture with the pages' real origin, and the executor program. */
export async function fillWorkRoot(
  paths: WorkRoot,
  content: { readonly fixture: string; readonly executor: string },
): Promise<void> {
  await mkdir(path.dirname(paths.fixture), { recursive: true });
  await writeFile(paths.fixture, content.fixture);
  await writeFile(paths.executor, content.executor);
  await chmod(paths.executor, 0o755);
}

/** A program that passes its arguments on to our own executor, by whatever runs this process. */
export function executorScript(executable: string, entry: string, asElectron: boolean): string {
  const command = quoteCommandLine(executable, [entry, "browser-executor"]);
  return `#!/bin/sh\n${asElectron ? "ELECTRON_RUN_AS_NODE=1\nexport ELECTRON_RUN_AS_NODE\n" : ""}exec ${command} "$@"\n`;
}
