import { readFile, stat } from "node:fs/promises";
import { EOL } from "node:os";
import { basename, dirname, isAbsolute, join, normalize } from "node:path";
import type { JsonObject } from "#domain/json";
import type { OrchestratorConfig } from "#domain/tos/orchestration/config";
import { configFile } from "#domain/tos/orchestration/config-reader";
import { OrchestratorFault } from "#domain/tos/orchestration/fault";
import { printPythonFile } from "#domain/tos/orchestration/python-json";
import { decodeText } from "../../strict-text";
import { writeDurable } from "../../system/write-durable";
import { describeFileError, isAbsent } from "../../watch/file-problem";
import type { Console } from "./console";

/** Where the files of a project are (spec/tos/orchestrator.md §2); absolute and native. */
export interface ProjectPaths {
  readonly root: string;
  /** Made when a run starts. */
  readonly folders: readonly string[];
  readonly result: string;
  readonly phaseState: string;
  readonly phaseSummary: string;
  readonly steps: string;
  readonly jobInput: string;
  readonly jobResult: string;
}

/** A path of the configuration, below the project's folder unless it is absolute. */
function below(root: string, path: string): string {
  return isAbsolute(path) ? normalize(path) : join(root, path);
}

export function projectPaths(root: string, config: OrchestratorConfig): ProjectPaths {
  const workspace = below(root, config.workspaceDir);
  const logs = below(root, config.logsDir);
  const steps = join(logs, "steps");
  const folders = ["generated", "results", "artifacts"].map((name) => join(workspace, name));
  return {
    root,
    folders: [...folders, steps],
    result: join(workspace, "results", "result_v2.txt"),
    phaseState: join(workspace, "artifacts", "phase_state.json"),
    phaseSummary: join(logs, "phase_summary.json"),
    steps,
    jobInput: below(root, config.jobLoop.inputPath),
    jobResult: below(root, config.jobLoop.resultPath),
  };
}

export function configPath(root: string): string {
  return join(root, configFile);
}

export function pythonPathFile(root: string): string {
  return join(root, "tos_python_path.txt");
}

/** Text of a file that must be UTF-8, a byte order mark left in it; null when there is none. Rejects with an `Error` that says what is wrong, without the path. */
export async function readText(path: string): Promise<string | null> {
  try {
    return decodeText(await readFile(path));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw new Error(describeFileError(error), { cause: error });
  }
}

/** The same for a file a run cannot go on without. Rejects with an `OrchestratorFault` that names it. */
export async function readNamedText(path: string): Promise<string | null> {
  return readText(path).catch((error: unknown) => {
    throw new OrchestratorFault(basename(path), "", describeFileError(error));
  });
}

/** Whether anything stands under a name. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/**
 * Writes a document of the contract in one step, durably, and tells of it. The folder must be there: the reference makes
 * none. Rejects with an `OrchestratorFault` that names the file.
 */
export async function writeDocument(path: string, document: JsonObject, console: Console): Promise<void> {
  const text = printPythonFile(path, document);
  try {
    await stat(dirname(path));
    // Python's text mode writes the line ends of the system.
    await writeDurable(path, text.replaceAll("\n", EOL));
  } catch (error) {
    throw new OrchestratorFault(path, "", `cannot be written: ${describeFileError(error)}`);
  }
  console.report({ kind: "file-written", path });
}
