import { mkdir } from "node:fs/promises";
import type { Json } from "#domain/json";
import { readOrchestratorConfig, type OrchestratorConfig } from "#domain/tos/orchestration/config";
import { configFile } from "#domain/tos/orchestration/config-reader";
import { consoleLines } from "#domain/tos/orchestration/console-lines";
import { OrchestratorFault } from "#domain/tos/orchestration/fault";
import { jobOf } from "#domain/tos/orchestration/job";
import { parsePythonJson } from "#domain/tos/orchestration/python-json";
import { resumeFrom, startStepOf } from "#domain/tos/orchestration/resume";
import { describeFileError } from "../../watch/file-problem";
import type { Console } from "./console";
import { checkInterpreter } from "./interpreter";
import { openModels } from "./open-models";
import type { OrchestratorOptions } from "./options";
import { configPath, projectPaths, readNamedText, readText, type ProjectPaths } from "./project-files";
import type { RunContext } from "./run-context";
import { removeUnfinishedWrites } from "./unfinished-writes";

/**
 * All that comes before the first step, in the reference's order (spec/tos/orchestrator.md §5). Null when the run must not
 * go on; it has been said why. Rejects with an `Error` that says what is wrong where the reference dies.
 */
export async function startRun(options: OrchestratorOptions, console: Console): Promise<RunContext | null> {
  console.print(consoleLines.started());
  const config = await readConfig(options.root, console);
  if (config === null) return null;
  const paths = projectPaths(options.root, config);
  await makeFolders(paths);
  await removeUnfinishedWrites(paths);
  console.print(consoleLines.foldersReady());

  const resumption = resumeFrom(await readState(paths, console));
  console.print(resumption.line);
  if (!(await checkInterpreter(options, console))) return null;
  const models = await openModels(options, config, console);
  if (models === null || options.cancel.aborted) return null;

  if (config.experimental) console.print(consoleLines.experimental());
  const payload = await readPayload(config, paths, console);
  const job = jobOf(config.jobLoop, payload, resumption.state);
  if (job.nameReplaced) console.print(consoleLines.jobNameReplaced(job.name));
  if (job.index !== null) console.print(consoleLines.jobLoop(job.loop.maxJobs, job.name, job.index));
  return {
    options,
    config,
    paths,
    console,
    models,
    facts: { experimental: config.experimental, loggedModels: config.loggedModels, job },
    job,
    stateBefore: resumption.state,
    payload: job.payload,
    startStep: startStepOf(resumption),
  };
}

async function readConfig(root: string, console: Console): Promise<OrchestratorConfig | null> {
  const path = configPath(root);
  const text = await readNamedText(path);
  if (text === null) {
    console.print(consoleLines.configMissing(path));
    return null;
  }
  const json = parseNamed(configFile, text);
  console.print(consoleLines.configLoaded(path));
  return readOrchestratorConfig(json);
}

function parseNamed(file: string, text: string): Json {
  try {
    return parsePythonJson(text);
  } catch (error) {
    throw new OrchestratorFault(file, "", `expected JSON: ${describeFileError(error)}`);
  }
}

async function makeFolders({ folders }: ProjectPaths): Promise<void> {
  for (const folder of folders)
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw new OrchestratorFault(folder, "", `cannot be made: ${describeFileError(error)}`);
    });
}

/** What the state of the run before holds; null when there is none or it cannot be read, which is said. */
async function readState({ phaseState }: ProjectPaths, console: Console): Promise<Json> {
  try {
    const text = await readText(phaseState);
    if (text === null) return null;
    const state = parsePythonJson(text);
    console.print(consoleLines.stateRestored(phaseState));
    return state;
  } catch (error) {
    console.print(consoleLines.stateUnreadable(describeFileError(error)));
    return null;
  }
}

/** The job input; null when the loop is off, names none, or it is missing or unreadable, which is said. */
async function readPayload(
  { jobLoop }: OrchestratorConfig,
  { jobInput }: ProjectPaths,
  console: Console,
): Promise<Json> {
  if (!jobLoop.enabled || jobLoop.inputPath === "") return null;
  try {
    const text = await readText(jobInput);
    if (text === null) {
      console.print(consoleLines.payloadMissing(jobInput));
      return null;
    }
    const payload = parsePythonJson(text);
    console.print(consoleLines.payloadLoaded(jobInput));
    return payload;
  } catch (error) {
    console.print(consoleLines.payloadUnreadable(describeFileError(error)));
    return null;
  }
}
