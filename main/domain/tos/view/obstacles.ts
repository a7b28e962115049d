import type { TosOperation } from "#contract/tos/vocabulary";
import type { ProjectFacts } from "../governance/finding";
import type { ProjectReading } from "../governance/project-reading";
import { rollbackHindrances } from "../governance/rules/order";
import { readOrchestratorConfig } from "../orchestration/config";
import { isTruthy } from "../orchestration/python-values";
import { resumeFrom, startStepOf } from "../orchestration/resume";
import { wrongKind } from "./document-problem";

/** Why an operation cannot be done now, whatever is acknowledged; one line each, empty when it can. */
export function obstaclesTo(operation: TosOperation, facts: ProjectFacts): string[] {
  return [...inTheWay(operation, facts), ...ownObstacles(operation, facts)];
}

function inTheWay(operation: TosOperation, { runs, repository }: ProjectFacts): string[] {
  const running = runs.filter(({ state }) => state === "running" || state === "cancelling");
  const mends = operation === "undo" || operation === "finish";
  return [
    ...running.map((run) => `${run.operation} of ${run.operator} is under way: one at a time`),
    ...(repository.interrupted !== null && !mends
      ? ["A rollback was cut off: finish it or undo it first"]
      : []),
  ];
}

function ownObstacles(operation: TosOperation, { reading, repository }: ProjectFacts): string[] {
  switch (operation) {
    case "run":
    case "test":
      return [...orchestratorObstacles(reading), ...stateObstacles(reading)];
    case "cleanrun":
      return orchestratorObstacles(reading);
    case "checkpoint":
      return repository.state === "none" || repository.state === "broken"
        ? [repository.problem || "expected a git repository, found none"]
        : [];
    case "rollback":
      return rollbackHindrances(repository);
    case "undo":
      if (!repository.recoveries.some(({ state }) => state !== "undone"))
        return ["there is no rollback to undo"];
      // What was cut off may leave a tree that is half of each; that is just what an undo mends.
      return repository.interrupted === null ? rollbackHindrances(repository) : [];
    case "finish":
      return repository.interrupted === null ? ["no rollback was cut off"] : [];
    case "stash":
    case "discard":
      if (repository.state !== "ready")
        return [repository.problem || "expected a git repository with a commit"];
      return repository.changeCount === 0 ? ["the working tree is clean: there is nothing to put aside"] : [];
  }
}

/** What ends the launcher or the orchestrator before the first step (spec/tos/launcher.md §2, orchestrator.md §5). */
function orchestratorObstacles({
  config,
  settingsProblem,
  keys,
  python,
  jobInput,
}: ProjectReading): string[] {
  const { file, check } = config;
  const configuration =
    file.state === "missing"
      ? `${file.path}: expected the configuration, found no file`
      : file.problem || check.unreadable || faultOf(() => readOrchestratorConfig(check.document ?? null));
  return [
    configuration,
    settingsProblem,
    ...keys
      .filter(({ source }) => source === "missing")
      .map(({ name }) => `${name}: expected in the environment or in the system's keyring, found in neither`),
    pythonProblem(python),
    check.config.jobLoop.enabled && jobInput?.value !== undefined && isTruthy(jobInput.value)
      ? wrongKind(jobInput)
      : "",
  ].filter((line) => line !== "");
}

function stateObstacles({ phaseState }: ProjectReading): string[] {
  const { value } = phaseState;
  if (value === undefined) return [];
  const fault = faultOf(() => startStepOf(resumeFrom(value)));
  return fault === "" ? [] : [`${fault}; a cleanrun removes the file`];
}

function pythonProblem({ path, present }: ProjectReading["python"]): string {
  if (path === null) return "tos_python_path.txt: expected the path of a Python interpreter, found no file";
  return present
    ? ""
    : `tos_python_path.txt: expected the path of a Python interpreter, found ${JSON.stringify(path)}`;
}

function faultOf(work: () => unknown): string {
  try {
    work();
    return "";
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}
