import { join } from "node:path";
import type { TosSettings } from "#contract/tos/settings";
import type { Clock } from "#domain/clock";
import { checkConfig } from "#domain/tos/config-check/check-config";
import { type ConfigFigures, runFolders } from "#domain/tos/config-check/config-figures";
import type { JsonFile, ProjectReading } from "#domain/tos/governance/project-reading";
import { configFile } from "#domain/tos/orchestration/config-reader";
import { acknowledgedEntries } from "#domain/tos/runs/acknowledged";
import { acknowledgedFile } from "#domain/tos/runs/run-files";
import { asJson } from "#domain/tos/view/json-file";
import { sha256 } from "../../runner/state-files";
import { apiAddresses } from "../models/api-models";
import { readReplies } from "../models/scripted-models";
import { isThere, pythonPathFile } from "../launcher/python-path";
import { keysIn, keysInFile, soughtKeys, type SoughtKey } from "./key-search";
import { ProjectMemory } from "./project-memory";
import { type RawFile, readTextFile } from "./read-file";
import { readKeys } from "./read-keys";
import { isPresent, readPrograms } from "./read-programs";
import { readSteps } from "./read-steps";
import { readTosSettings } from "./settings-file";
import { trackedRunFiles } from "./tracked-run-files";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads everything a TOS project's files say. Whatever they hold, and whether they are there at all, it resolves: what
 * cannot be used has its problem in words. Key values are compared with the files' content and then let go. `memory` is for
 * whoever reads the same project again and again.
 */
export async function readProject(
  root: string,
  environment: Environment,
  clock: Clock,
  memory: ProjectMemory = new ProjectMemory(),
): Promise<ProjectReading> {
  const readUnixMs = clock.nowUnixMs();
  const { settings, problem } = await readTosSettings(root);
  const { keys, values, notAtHand } = await readKeys(settings, environment, memory, clock.monotonicMs());
  memory.searchFor(Object.values(values));
  const sought = soughtKeys(values);
  const configText = await readTextFile(root, configFile, "kept");
  const check = checkConfig(configText.file.text);
  const files = await readRunFiles(root, check.config);
  const steps = await readSteps(root, check.config.logsDir, sought, memory);
  const search = await searchFiles(root, [configText, ...Object.values(files)], sought);
  const found = [...search.leaks, ...steps.leaks];
  if (notAtHand.length === 0) memory.keepLeaks(found);
  return {
    root,
    readUnixMs,
    settings,
    settingsProblem: problem === "" ? await modelsProblem(root, settings, environment) : problem,
    keys,
    config: { file: configText.file, digest: sha256(configText.file.text), check },
    phaseState: asJson(files.phaseState.file),
    steps: steps.steps,
    stepsProblem: steps.problem,
    phaseSummary: asJson(files.phaseSummary.file),
    jobInput: jobInputOf(files.jobInput, check.config),
    jobResult: asJson(files.jobResult.file),
    lastRun: { json: asJson(files.lastRunJson.file), text: files.lastRunText.file },
    resultPresent: await isPresent(root, join(check.config.workspaceDir, "results", "result_v2.txt")),
    python: await readPython(root),
    programs: await readPrograms(root),
    closeoutPresent: await isPresent(root, "docs/s5_closeout.md"),
    trackedRunFiles: await trackedRunFiles(root, runFolders(check.config), environment),
    leaks: [...found, ...memory.leaksOf(notAtHand)],
    unsearched: [...search.unsearched, ...steps.unsearched],
    acknowledged: acknowledgedEntries((await readTextFile(root, acknowledgedFile, "kept")).file.text),
  };
}

interface RunFiles {
  readonly phaseState: RawFile;
  readonly phaseSummary: RawFile;
  readonly jobInput: RawFile;
  readonly jobResult: RawFile;
  readonly lastRunJson: RawFile;
  readonly lastRunText: RawFile;
}

async function readRunFiles(
  root: string,
  { workspaceDir, logsDir, jobLoop }: ConfigFigures,
): Promise<RunFiles> {
  const [phaseState, phaseSummary, jobInput, jobResult, lastRunJson, lastRunText] = await Promise.all([
    readTextFile(root, join(workspaceDir, "artifacts", "phase_state.json"), "kept"),
    readTextFile(root, join(logsDir, "phase_summary.json"), "kept"),
    readTextFile(root, jobLoop.inputPath, "kept"),
    readTextFile(root, jobLoop.resultPath, "kept"),
    // The launcher knows one place for these, whatever the configuration says (spec/tos/launcher.md §5).
    readTextFile(root, "logs/last_run_summary.json", "taken off"),
    readTextFile(root, "logs/last_run_summary.txt", "taken off"),
  ]);
  return { phaseState, phaseSummary, jobInput, jobResult, lastRunJson, lastRunText };
}

function jobInputOf({ file }: RawFile, { jobLoop }: ConfigFigures): JsonFile | null {
  return jobLoop.inputPath === "" ? null : asJson(file);
}

/** The interpreter the launcher demands, whether or not anything is ever run with it (spec/tos/launcher.md §2, step 4). */
async function readPython(root: string): Promise<ProjectReading["python"]> {
  const { file } = await readTextFile(root, pythonPathFile, "taken off");
  const path = file.state === "missing" ? null : (file.text.split("\n", 1)[0] ?? "").trim();
  return { path, present: path !== null && (await isThere(root, path)) };
}

/** What is wrong with where the answers come from: the scripted replies, or the addresses of the APIs. */
async function modelsProblem(
  root: string,
  { models }: TosSettings,
  environment: Environment,
): Promise<string> {
  if (models.provider === "scripted") {
    const read = await readReplies(root, models.replies);
    return read.ok ? "" : read.problems.join("\n");
  }
  const addresses = apiAddresses(models, environment);
  return addresses.ok ? "" : addresses.problem;
}

async function searchFiles(
  root: string,
  files: readonly RawFile[],
  keys: readonly SoughtKey[],
): Promise<Pick<ProjectReading, "leaks" | "unsearched">> {
  const leaks: { path: string; key: string }[] = [];
  const unsearched: string[] = [];
  for (const { file, bytes } of files) {
    if (file.state === "missing" || (bytes === null && file.bytes === 0)) continue;
    const { found, complete } =
      bytes === null
        ? await keysInFile(root, file.path, keys)
        : { found: keysIn(bytes, keys), complete: true };
    leaks.push(...found.map((key) => ({ path: file.path, key })));
    if (!complete) unsearched.push(file.path);
  }
  return { leaks, unsearched };
}
