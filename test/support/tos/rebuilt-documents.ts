import { modelRoles, type ModelRole } from "#contract/tos/vocabulary";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "#domain/json";
import { readOrchestratorConfig, type OrchestratorConfig } from "#domain/tos/orchestration/config";
import { extractJson } from "#domain/tos/orchestration/extract-json";
import { readFinalReply } from "#domain/tos/orchestration/final-reply";
import { indexAfter, jobOf, type Job } from "#domain/tos/orchestration/job";
import {
  denyState,
  doneState,
  executeState,
  fatalErrorState,
  jobLoopCompleteState,
  maxStepsState,
  type StateFacts,
} from "#domain/tos/orchestration/phase-state";
import { judgeAll } from "#domain/tos/orchestration/policy";
import { draftPrompt, finalPrompt, reviewPrompt, type HistoryEntry } from "#domain/tos/orchestration/prompts";
import { parsePythonJson } from "#domain/tos/orchestration/python-json";
import { pythonText } from "#domain/tos/orchestration/python-repr";
import {
  addCounts,
  noExecutions,
  type CommandOutcome,
  type CommandResult,
  type ExecutionCounts,
} from "#domain/tos/orchestration/result-documents";
import { resumeFrom, startStepOf } from "#domain/tos/orchestration/resume";
import type { RoleReplies, RoleReply } from "#domain/tos/orchestration/role-replies";
import {
  denyStepLog,
  doneStepLog,
  executeStepLog,
  fatalErrorStepLog,
  jobLoopCompleteStepLog,
  maxStepsStepLog,
  type CompleteReplies,
  type RunFacts,
} from "#domain/tos/orchestration/step-log";
import type { RecordedRun } from "./recorded-run";

export const timestamp = "<TS>";
export const statePath = /\/artifacts\/phase_state\.json$/;
export const summaryPath = /\/phase_summary\.json$/;
const stepPath = /\/steps\/step_\d{3,}\.json$/;
const jobInputPath = "workspace/artifacts/job_input.json";

/** A recorded run, read back. */
export interface Recording {
  readonly run: RecordedRun;
  readonly config: OrchestratorConfig;
  readonly job: Job;
  readonly before: JsonObject | null;
  readonly facts: RunFacts;
}

export const isOurs = (path: string): boolean =>
  statePath.test(path) || summaryPath.test(path) || stepPath.test(path) || path.endsWith("/job_result.json");

/** Some scenarios begin with files that no run wrote. */
export const isWhole = (text: string): boolean => text.startsWith("{\n") || text.startsWith("[\n");

export function readRecording(run: RecordedRun): Recording {
  const config = readOrchestratorConfig(parsePythonJson(textOf(run.script.config ?? undefined)));
  const state = [...(run.script.files ?? [])].find(([path]) => statePath.test(path));
  const before = state === undefined ? null : resumeFrom(parsePythonJson(textOf(state[1]))).state;
  const input = config.jobLoop.inputPath === "" ? undefined : run.script.files?.get(jobInputPath);
  const job = jobOf(config.jobLoop, input === undefined ? null : payloadOf(textOf(input)), before);
  const facts = { experimental: config.experimental, loggedModels: config.loggedModels, job };
  return { run, config, job, before, facts };
}

function payloadOf(text: string): Json {
  return isJson(text) ? parsePythonJson(text) : null;
}

export function isJson(text: string): boolean {
  try {
    parsePythonJson(text);
    return true;
  } catch {
    return false;
  }
}

/** Step logs that were not there before, or are not what they were. */
export function writtenSteps({ run }: Recording): [string, Uint8Array][] {
  return [...run.tree]
    .filter(([path]) => stepPath.test(path))
    .filter(([path, bytes]) => textOf(run.script.files?.get(path)) !== textOf(bytes))
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
}

/** The replies of a step, read again from their raw texts; where the log lost those, from the values. */
function repliesOf({ run, config, job }: Recording, log: JsonObject): RoleReplies {
  const step = Number(log.get("step_num"));
  const used = log.get("prompts_used") ?? null;
  const values: Partial<Record<ModelRole, Json>> = {};
  const replies: Partial<Record<ModelRole, RoleReply>> = {};
  for (const role of modelRoles) {
    if (!isJsonObject(used) || !used.has(role)) continue;
    const prompt = {
      draft: () => draftPrompt(config.templates.draft, step, historyBefore(run, step), job.payload),
      review: () => reviewPrompt(config.templates.review, step, values.draft ?? null),
      final: () => finalPrompt(config.templates.final, step, values.draft ?? null, values.review ?? null),
    }[role]();
    const raw = log.get(`${role}_raw`) ?? null;
    const read = typeof raw === "string" ? extractJson(raw) : null;
    values[role] = read?.parsed ?? log.get(role) ?? null;
    replies[role] = {
      prompt,
      value: values[role],
      raw: typeof raw === "string" ? raw : null,
      extracted: read?.extracted ?? null,
    };
  }
  return replies;
}

/** Steps this run executed before `step`. */
function historyBefore(run: RecordedRun, step: number): HistoryEntry[] {
  return [...run.tree]
    .filter(([path, bytes]) => stepPath.test(path) && textOf(run.script.files?.get(path)) !== textOf(bytes))
    .map(([, bytes]) => objectOf(textOf(bytes)))
    .filter((log) => log.get("phase") === "execute" && Number(log.get("step_num")) < step)
    .map((log) => ({
      step: Number(log.get("step_num")),
      summary: memberOf(log.get("final"), "summary") ?? "",
    }));
}

export function rebuildStep(recording: Recording, log: JsonObject): JsonObject {
  const { config, facts } = recording;
  const moment = { step: Number(log.get("step_num")), timestamp };
  const replies = repliesOf(recording, log);
  switch (log.get("phase")) {
    case "done":
      return doneStepLog(facts, moment);
    case "max_steps_reached":
      return maxStepsStepLog(facts, config.maxSteps, timestamp);
    case "job_loop_complete":
      return jobLoopCompleteStepLog(facts, moment, pythonText(log.get("job_result_path") ?? null));
    case "fatal_error": {
      const failed = modelRoles.find((role) => replies[role]?.value === null);
      if (failed === undefined) throw new Error("no role failed");
      return fatalErrorStepLog(facts, moment, failed, replies);
    }
    case "deny": {
      const final = readFinalReply(replies.final?.value ?? null, moment.step);
      const judgements = judgeAll(config, final.commands);
      if (!judgements.allDenied) throw new Error("not every command is denied");
      return denyStepLog(facts, moment, complete(replies), final, judgements, config.stopOnDeny);
    }
    default: {
      const final = readFinalReply(replies.final?.value ?? null, moment.step);
      return executeStepLog(facts, moment, complete(replies), final, resultsOf(recording, log));
    }
  }
}

function complete(replies: RoleReplies): CompleteReplies {
  const { draft, review, final } = replies;
  if (draft === undefined || review === undefined || final === undefined)
    throw new Error("a role is missing");
  return { draft, review, final };
}

/** The results of a step: what became of each command as recorded, everything else judged again. */
function resultsOf({ config }: Recording, log: JsonObject): CommandResult[] {
  const final = readFinalReply(log.get("final") ?? null, 0);
  const recorded = [...listOf(memberOf(log.get("execution"), "command_results"))];
  return judgeAll(config, final.commands).judgements.map((judgement): CommandResult => {
    if (!judgement.allowed) {
      recorded.shift();
      return { judgement, outcome: { kind: "denied" } };
    }
    if (judgement.type !== "powershell") return { judgement, outcome: { kind: "dropped" } };
    return { judgement, outcome: outcomeOf(recorded.shift() ?? null) };
  });
}

function outcomeOf(entry: Json): CommandOutcome {
  const error = memberOf(entry, "error");
  if (typeof error === "string") return { kind: "failed", error };
  const returnCode = Number(memberOf(entry, "returncode"));
  return {
    kind: "ran",
    returnCode,
    stdout: pythonText(memberOf(entry, "stdout") ?? null),
    stderr: pythonText(memberOf(entry, "stderr") ?? null),
  };
}

export function rebuildState(recording: Recording, state: JsonObject): JsonObject {
  const { config, job, before } = recording;
  const step = Number(state.get("current_step"));
  const phase = state.get("current_phase");
  const facts: StateFacts = { before, jobIndex: indexAfter(job, phase === "done"), timestamp };
  const lastLog = (): JsonObject => objectOf(textOf(writtenSteps(recording).at(-1)?.[1]));
  switch (phase) {
    case "done":
      return doneState(facts, step);
    case "deny":
      return denyState(
        facts,
        step - 1,
        pythonText(memberOf(lastLog().get("execution"), "denied_reason") ?? null),
      );
    case "fatal_error":
      return fatalErrorState(facts, step, pythonText(lastLog().get("error") ?? null));
    case "max_steps_reached":
      return maxStepsState(facts, config.maxSteps);
    case "job_loop_complete":
      return jobLoopCompleteState(facts, startStepOf(resumeFrom(before)), job.loop.maxJobs);
    default:
      return executeState(facts, step - 1);
  }
}

export function countsOf(recording: Recording): ExecutionCounts {
  return writtenSteps(recording)
    .map(([, bytes]) => memberOf(objectOf(textOf(bytes)).get("execution"), "execution_summary") ?? null)
    .filter(isJsonObject)
    .map((counts) => ({
      executed: Number(counts.get("executed_count")),
      denied: Number(counts.get("denied_count")),
      timedOut: Number(counts.get("timeout_count")),
      failed: Number(counts.get("failed_count")),
    }))
    .reduce(addCounts, noExecutions);
}

export function memberOf(value: Json | undefined, key: string): Json | undefined {
  return value !== undefined && isJsonObject(value) ? value.get(key) : undefined;
}

export function listOf(value: Json | undefined): readonly Json[] {
  return value !== undefined && isJsonArray(value) ? value : [];
}

export function objectOf(text: string): JsonObject {
  const value = parsePythonJson(text);
  if (!isJsonObject(value)) throw new Error("expected an object");
  return value;
}

export function textOf(value: Uint8Array | string | undefined): string {
  return typeof value === "string" ? value : new TextDecoder("utf-8", { ignoreBOM: true }).decode(value);
}
