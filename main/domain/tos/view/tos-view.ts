import type { TosView } from "#contract/tos/view";
import { type TosOperation, tosOperations } from "#contract/tos/vocabulary";
import type { GovernanceFinding } from "#contract/tos/governance";
import type { ProjectFacts } from "../governance/finding";
import { judgeProject } from "../governance/judge-project";
import { reactionsOf } from "../governance/reactions";
import { ruleNotices } from "../governance/rule-notices";
import { effectsOf } from "./effects";
import { jobLoopView } from "./job-loop";
import { obstaclesTo } from "./obstacles";
import { phaseStateView } from "./phase-state";
import { lastRunView, phaseSummaryView } from "./run-documents";

/** Ended runs that are shown. */
const maximumRuns = 20;

/**
 * Everything the TOS view shows, derived from the project's files, its repository and the progress of its runs (newest
 * first), as of `now` (Unix milliseconds). Foreign values never break it: what cannot be shown has its problem in words.
 */
export function tosView(facts: ProjectFacts): TosView {
  const { reading, repository, runs, now } = facts;
  const { config } = reading;
  const figures = config.check.config;
  const findings = judgeProject(reading, repository, runs, now);
  const isOver = (state: string): boolean => state === "ended" || state === "vanished";
  return {
    root: reading.root,
    readUnixMs: reading.readUnixMs,
    provider: reading.settings.models.provider,
    settingsProblem: reading.settingsProblem,
    keys: [...reading.keys],
    config: {
      path: config.file.path,
      digest: config.digest,
      modifiedUnixMs: config.file.state === "missing" ? null : config.file.modifiedUnixMs,
      problems: configProblems(reading.config),
      maxSteps: figures.maxSteps,
      stopOnDeny: figures.stopOnDeny,
      experimental: figures.experimental,
    },
    phase: phaseStateView(reading.phaseState),
    steps: reading.steps.map(({ row }) => row),
    summary: phaseSummaryView(reading.phaseSummary),
    jobLoop: jobLoopView(reading),
    lastRun: lastRunView(reading.lastRun),
    repository,
    reactions: reactionsOf(facts),
    rules: findings,
    actions: tosOperations.map((operation) => actionView(operation, facts, findings)),
    run: runs.find(({ state }) => !isOver(state)) ?? null,
    runs: runs.filter(({ state }) => isOver(state)).slice(0, maximumRuns),
  };
}

function configProblems({ file, check }: ProjectFacts["reading"]["config"]): string[] {
  if (file.state === "missing") return [`${file.path}: expected the configuration, found no file`];
  return file.problem === "" ? [...check.problems] : [file.problem];
}

function actionView(
  operation: TosOperation,
  facts: ProjectFacts,
  findings: readonly GovernanceFinding[],
): TosView["actions"][number] {
  const { reading, repository } = facts;
  const notices = ruleNotices(operation, findings, reading, { repository });
  return {
    operation,
    obstacles: obstaclesTo(operation, facts),
    // What no acknowledgement helps against is an obstacle.
    rules: notices.filter(({ overridable }) => overridable),
    effects: effectsOf(operation, facts),
  };
}
