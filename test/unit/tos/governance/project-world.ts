import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { TosRunView } from "#contract/tos/progress";
import type { Commit, RepositoryView } from "#contract/tos/repository";
import { tosSettingsSchema } from "#contract/tos/settings";
import { checkConfig } from "#domain/tos/config-check/check-config";
import type { ProjectFacts } from "#domain/tos/governance/finding";
import { protectedPrograms } from "#domain/tos/governance/programs";
import type { JsonFile, ProjectReading, TextFile } from "#domain/tos/governance/project-reading";
import { asJson } from "#domain/tos/view/json-file";
import { readStepLog } from "#domain/tos/view/step-log";

const scenarios = join(import.meta.dirname, "../../../golden/tos/scenarios");

/** A moment all worlds share. */
export const now = Date.UTC(2026, 10, 21, 9);

/** A project as its files, its repository and its runs would tell it, to be changed by a test before it is judged. */
export interface World {
  /** Texts by path. */
  files: Record<string, string>;
  keys: ProjectReading["keys"];
  provider: "api" | "scripted";
  /** Blob identifiers of the protected programs that are there. */
  programs: Record<string, string>;
  closeout: boolean;
  trackedRunFiles: string[] | null;
  leaks: { path: string; key: string }[];
  unsearched: string[];
  acknowledged: ProjectReading["acknowledged"];
  python: ProjectReading["python"];
  repository: RepositoryView;
  runs: TosRunView[];
}

/** The files of a recorded run, after it: `02_one_step_done/run_1`. */
export function recordedFiles(run: string): Record<string, string> {
  const folder = join(scenarios, run, "out/after");
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const files = paths.map((path) => [relative(folder, path), readFileSync(path, "utf8")] as const);
  const config = readFileSync(join(scenarios, run, "in/config_v0_3.json"), "utf8");
  return { "config_v0_3.json": config, ...Object.fromEntries(files) };
}

export function commit(hash: string, subject: string): Commit {
  return { hash: hash.padEnd(40, "0"), subject, author: "operator", unixMs: now - 3_600_000 };
}

/** A world in which every rule is kept, after the files of a recorded run. */
export function keptWorld(run = "02_one_step_done/run_1"): World {
  const head = commit("aaa", "CHECKPOINT before");
  return {
    files: recordedFiles(run),
    keys: [
      { name: "OPENAI_API_KEY", source: "environment" },
      { name: "ANTHROPIC_API_KEY", source: "keyring" },
    ],
    provider: "api",
    programs: Object.fromEntries(protectedPrograms.map(({ path, blobId }) => [path, blobId])),
    closeout: true,
    trackedRunFiles: [],
    leaks: [],
    unsearched: [],
    acknowledged: [
      {
        rule: "G03",
        reason: "read",
        unixMs: now - 86_400_000,
        operator: "kim",
        operation: "runbook",
        runId: null,
      },
    ],
    python: { path: "/usr/bin/python3", present: true },
    repository: {
      state: "ready",
      problem: "",
      branch: "main",
      head,
      changes: [],
      changeCount: 0,
      treeDigest: "tree",
      remote: null,
      lastCheckpoint: {
        path: "logs/last_checkpoint.txt",
        hash: head.hash,
        resolves: true,
        modifiedUnixMs: now,
      },
      checkpoints: [{ ...head, name: "before", isHead: true, isLast: true, commitsAfter: 0 }],
      recoveries: [],
      interrupted: null,
      readUnixMs: now,
    },
    runs: [runOf({ operation: "test" }), runOf({ operation: "cleanrun", clean: true })],
  };
}

/** A run that ended well, but for what is given. */
export function runOf(given: Partial<TosRunView>): TosRunView {
  const runId = given.runId ?? `20261121T08000${given.operation?.length ?? 0}Z-0000`;
  return {
    runId,
    operation: "run",
    clean: false,
    subject: "",
    startedUnixMs: now - 60_000,
    operator: "kim",
    from: "window",
    reason: "",
    acknowledgements: [],
    state: "ended",
    endedUnixMs: now - 1_000,
    exitCode: 0,
    endReason: "done",
    step: null,
    maximumSteps: null,
    stage: null,
    doing: "",
    cancellable: false,
    path: `.gatehouse/tos/runs/${runId}.jsonl`,
    entries: 3,
    ...given,
  };
}

function textFile(world: World, path: string): TextFile {
  const text = world.files[path];
  if (text === undefined)
    return { path, state: "missing", text: "", bytes: 0, modifiedUnixMs: 0, problem: "" };
  const bytes = Buffer.byteLength(text);
  return { path, state: "read", text, bytes, modifiedUnixMs: now, problem: "" };
}

/** What the rules and the view get to see of a world. */
export function factsOf(world: World): ProjectFacts {
  return { reading: readingOf(world), repository: world.repository, runs: world.runs, now };
}

function readingOf(world: World): ProjectReading {
  const json = (path: string): JsonFile => asJson(textFile(world, path));
  const file = textFile(world, "config_v0_3.json");
  const check = checkConfig(file.text);
  const { workspaceDir, logsDir, jobLoop } = check.config;
  const steps = Object.keys(world.files).filter((path) => path.startsWith(`${logsDir}/steps/step_`));
  return {
    root: "/project",
    readUnixMs: now,
    settings: tosSettingsSchema.parse({
      schemaVersion: 1,
      ...(world.provider === "scripted" ? { models: { provider: "scripted", replies: "replies.json" } } : {}),
    }),
    settingsProblem: "",
    keys: world.keys,
    config: { file, digest: "digest", check },
    phaseState: json(`${workspaceDir}/artifacts/phase_state.json`),
    steps: steps.toSorted().map((path) => readStepLog(json(path), path.split("/").at(-1) ?? "")),
    stepsProblem: "",
    phaseSummary: json(`${logsDir}/phase_summary.json`),
    jobInput: jobLoop.inputPath === "" ? null : json(jobLoop.inputPath),
    jobResult: json(jobLoop.resultPath),
    lastRun: { json: json("logs/last_run_summary.json"), text: textFile(world, "logs/last_run_summary.txt") },
    resultPresent: `${workspaceDir}/results/result_v2.txt` in world.files,
    python: world.python,
    programs: protectedPrograms.map(({ path }) => {
      const blobId = world.programs[path] ?? null;
      return { path, state: blobId === null ? "missing" : "read", blobId, problem: "" } as const;
    }),
    closeoutPresent: world.closeout,
    trackedRunFiles: world.trackedRunFiles,
    leaks: world.leaks,
    unsearched: world.unsearched,
    acknowledged: world.acknowledged,
  };
}
