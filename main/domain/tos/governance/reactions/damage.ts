import type { Reaction } from "#contract/tos/governance";
import { numberOf, objectOf, wordsOf } from "../../view/foreign";
import { wrongKind } from "../../view/document-problem";
import { documentMistakes, jobResultShape } from "../document-shapes";
import { firstOf, type ProjectFacts, recordOf } from "../finding";
import type { ProjectReading, StepLogReading } from "../project-reading";
import { stopSource } from "./stop-at-once";

/** Denials one after the other at which everything is stopped. */
const deniesToStop = 3;

/** What must not be in a project's files: each a reason to stop at once (spec/tos/governance.md §6). */
export function damage({ reading }: ProjectFacts): Reaction[] {
  return [
    ...deniesInARow(reading.steps),
    ...missingLogs(reading),
    ...brokenJobResult(reading),
    ...brokenFiles(reading),
    ...leakedKeys(reading),
  ];
}

function deniesInARow(steps: readonly StepLogReading[]): Reaction[] {
  const denied = lastStreak(steps);
  const last = denied.at(-1);
  if (last === undefined || denied.length < deniesToStop) return [];
  const files = firstOf(
    denied.map(({ row }) => row.file),
    5,
  ).join(", ");
  return [
    {
      gravity: "stop",
      title: `${denied.length} denials in a row`,
      guidance: `Stop: ${files}. The models keep proposing what the policy forbids. Look at the deny lists and the prompts before anything runs again.`,
      source: stopSource,
      level: 2,
      record: recordOf(last.path, `phase=deny stopped=${last.row.stopped}: ${last.row.reason}`),
    },
  ];
}

/** The denials since something was executed or done; steps that only say how a run ended do not break them up. */
function lastStreak(steps: readonly StepLogReading[]): StepLogReading[] {
  const numbered = steps.filter(({ number }) => number !== null);
  let streak: StepLogReading[] = [];
  for (const step of numbered.toSorted((left, right) => (left.number ?? 0) - (right.number ?? 0))) {
    if (step.row.phase === "deny") streak.push(step);
    else if (["execute", "done", "job_loop_complete"].includes(step.row.phase)) streak = [];
  }
  return streak;
}

/**
 * Logs that must be there because the phase state has gone past them (spec/tos/orchestrator.md §11: after an executed or
 * denied step n it names n+1, otherwise the step itself).
 */
function missingLogs({ steps, stepsProblem, phaseState }: ProjectReading): Reaction[] {
  const state = objectOf(phaseState.value);
  const step = numberOf(state?.get("current_step"));
  if (state === null || step === null || stepsProblem !== "") return [];
  const phase = wordsOf(state.get("current_phase"));
  const last = phase === "execute" || phase === "deny" ? step - 1 : step;
  const present = new Set(steps.map(({ number }) => number));
  const missing: string[] = [];
  for (let number = 1; number <= Math.min(last, 10_000) && missing.length < 20; number += 1) {
    if (!present.has(number)) missing.push(String(number));
  }
  if (missing.length === 0) return [];
  return [
    {
      gravity: "stop",
      title: "Step logs are missing",
      guidance: `Expected the logs of steps 1 to ${last}, found none of ${firstOf(missing, 10).join(", ")}. Stop, and find out who removed them.`,
      source: stopSource,
      level: 2,
      record: recordOf(phaseState.path, `current_phase=${phase} current_step=${step}`),
    },
  ];
}

function brokenJobResult({ jobResult, phaseState, phaseSummary }: ProjectReading): Reaction[] {
  const problem = jobResultProblem(jobResult, phaseState);
  if (problem === "") return [];
  const written = wordsOf(objectOf(phaseSummary.value)?.get("end_reason"));
  return [
    {
      gravity: "stop",
      title: "job_result.json is broken or abnormal",
      guidance: `${problem}. Stop; a person reviews the result before anything else runs.`,
      source: stopSource,
      level: 2,
      record: recordOf(jobResult.path, jobResult.text || written),
    },
  ];
}

function jobResultProblem(
  jobResult: ProjectReading["jobResult"],
  phaseState: ProjectReading["phaseState"],
): string {
  const phase = wordsOf(objectOf(phaseState.value)?.get("current_phase"));
  if (jobResult.state === "missing")
    return phase === "job_loop_complete"
      ? `${jobResult.path}: expected the result of the job loop, found no file`
      : "";
  const [mistake] = documentMistakes(jobResult, jobResultShape);
  if (mistake !== undefined) return mistake;
  const result = objectOf(jobResult.value);
  const [executed, asked] = [numberOf(result?.get("jobs_executed")), numberOf(result?.get("max_jobs"))];
  if (executed !== asked)
    return `${jobResult.path}: jobs_executed: expected ${asked} as max_jobs says, found ${executed}`;
  const last = wordsOf(result?.get("last_phase"));
  return last === "job_loop_complete"
    ? ""
    : `${jobResult.path}: last_phase: expected job_loop_complete, found ${last}`;
}

function brokenFiles({ phaseState, steps, stepsProblem, config }: ProjectReading): Reaction[] {
  const configuration = config.file.state === "missing" ? "" : config.file.problem || config.check.unreadable;
  const problems = [
    phaseState.problem || wrongKind(phaseState),
    configuration,
    // Without a single log the folder itself is at fault; otherwise there are only more than are looked at.
    steps.length === 0 ? stepsProblem : "",
    ...steps.map(({ row }) => row.problem),
  ].filter((problem) => problem !== "");
  const [first] = problems;
  if (first === undefined) return [];
  return [
    {
      gravity: "stop",
      title: "Damaged files",
      guidance: `${firstOf(problems, 5).join("; ")}. Copy the logs, then roll back to a known state, or mend the file.`,
      source: "spec/tos/governance.md §6, rollback at once; §8, incident",
      level: 2,
      record: recordOf(first.split(":", 1)[0] ?? "", first),
    },
  ];
}

function leakedKeys({ leaks }: ProjectReading): Reaction[] {
  const [first] = leaks;
  if (first === undefined) return [];
  const where = firstOf(
    leaks.map(({ path, key }) => `${key} in ${path}`),
    5,
  ).join(", ");
  return [
    {
      gravity: "stop",
      title: "An API key stands in a file",
      guidance: `${where}. Stop, withdraw the key at its provider, and only then clean the files.`,
      source: stopSource,
      level: 3,
      record: recordOf(first.path, `holds the value of ${first.key}; it is not shown`),
    },
  ];
}
