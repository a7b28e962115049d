import type { RepositoryView } from "#contract/tos/repository";
import type { TosOperation } from "#contract/tos/vocabulary";
import { short } from "../governance/checkpoint-standing";
import type { ProjectFacts } from "../governance/finding";
import { cleanupEffects, orchestratorEffects, testEffects } from "./run-effects";

/** Exactly what an operation does as things stand, one line each. */
export function effectsOf(operation: TosOperation, { reading, repository }: ProjectFacts): string[] {
  switch (operation) {
    case "run":
      return orchestratorEffects(reading, false);
    case "test":
      return [...orchestratorEffects(reading, false), ...testEffects(reading)];
    case "cleanrun":
      return [...cleanupEffects(reading), ...orchestratorEffects(reading, true)];
    case "checkpoint":
      return checkpointEffects(repository);
    case "rollback":
      return [
        ...rollbackEffects(repository),
        "Then runs test -Clean by itself:",
        ...cleanupEffects(reading),
        ...orchestratorEffects(reading, true),
        ...automaticTestFails(reading.keys),
      ];
    case "undo":
      return undoEffects(repository);
    case "finish":
      return [
        "Carries the rollback that was cut off to its end; what it takes away stays in its recovery ref",
      ];
    case "stash":
      return [
        `Puts ${filesOf(repository)} aside as a git stash, also untracked ones; the working tree is clean afterwards`,
        "git stash pop brings them back",
      ];
    case "discard":
      return [
        `Takes ${filesOf(repository)} back to HEAD; the working tree is clean afterwards`,
        "What was there is kept in a recovery ref, so that it can be brought back",
      ];
  }
}

function checkpointEffects(repository: RepositoryView): string[] {
  const { changeCount, branch, state } = repository;
  const where = branch === null ? "HEAD" : branch;
  const what =
    changeCount === 0
      ? `Makes an empty commit CHECKPOINT <name> on ${where}: nothing has changed`
      : `Commits ${filesOf(repository)} on ${where} as CHECKPOINT <name>: all that git does not ignore`;
  return [
    state === "unborn" ? `${what}; it is the first commit` : what,
    "Writes its hash to logs/last_checkpoint.txt: a rollback without a target goes there",
    "Logs, artifacts and results are ignored by git and not in it; nothing is pushed",
  ];
}

function rollbackEffects({ branch, lastCheckpoint }: RepositoryView): string[] {
  const target =
    lastCheckpoint === null
      ? "the chosen commit"
      : `the chosen commit, or to ${short(lastCheckpoint.hash)} of ${lastCheckpoint.path}`;
  return [
    `Moves ${branch ?? "HEAD"} to ${target}: later commits leave it, and files that are not in the target go`,
    "Keeps everything that goes in a recovery ref first, so that the rollback can be undone",
  ];
}

function undoEffects({ recoveries, branch }: RepositoryView): string[] {
  const last = recoveries.find(({ state }) => state !== "undone");
  if (last === undefined) return ["Takes a rollback back"];
  const files = last.files === 1 ? "1 kept file" : `${last.files} kept files`;
  return [
    `Takes ${branch ?? "HEAD"} back to ${short(last.from.hash)} "${last.from.subject}" and puts ${files} back`,
    "What it takes away is kept in a recovery ref of its own; no test runs",
  ];
}

function automaticTestFails(keys: ProjectFacts["reading"]["keys"]): string[] {
  const missing = keys.filter(({ source }) => source === "missing").map(({ name }) => name);
  return missing.length === 0 ? [] : [`The automatic test will fail: ${missing.join(" and ")} missing`];
}

function filesOf({ changeCount }: RepositoryView): string {
  return changeCount === 1 ? "1 changed file" : `${changeCount} changed files`;
}
