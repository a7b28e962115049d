import { BridgeError } from "#contract/envelope";
import type { TosView } from "#contract/tos/view";
import type { Clock } from "#domain/clock";
import type { ProjectReading } from "#domain/tos/governance/project-reading";
import type { OperatorLog } from "../../operator-log";
import { operatorName } from "../../system/operator";
import { GitFailure } from "../repository/git-failure";
import type { RepositoryContext } from "../repository/context";
import type { BegunRuns } from "./begun-runs";
import type { ProjectState } from "./project-state";

/** What requests are answered with. */
export interface DeskContext {
  /** The project the settings name now. */
  readonly project: () => ProjectState;
  readonly begun: BegunRuns;
  readonly log: OperatorLog;
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Longest a run that was asked to end may take before it is ended by force, in milliseconds. */
  readonly endWithinMs: number;
}

/** A project that has been read. */
export interface OpenProject {
  readonly project: ProjectState;
  readonly view: TosView;
  readonly reading: ProjectReading;
}

/** The project, read at least once. Throws a `BridgeError` (`unavailable`) that says what was looked for and where. */
export async function requireProject({ project }: DeskContext): Promise<OpenProject> {
  const current = project();
  if (current.state().view === null) await current.refresh();
  return opened(current);
}

/** The project as it is now. Throws as `requireProject` does. */
export async function requireFresh({ project }: DeskContext): Promise<OpenProject> {
  const current = project();
  await current.refresh();
  return opened(current);
}

function opened(project: ProjectState): OpenProject {
  const { view, problem } = project.state();
  const reading = project.reading();
  if (view === null || reading === null) throw new BridgeError("unavailable", problem);
  return { project, view, reading };
}

/** Throws a `BridgeError` (`conflict`) that names the run which works on the project, if one does (governance G43). */
export function refuseWhileRunning({ runs }: ProjectState, what: string): void {
  const run = runs.underWay();
  if (run === null) return;
  throw new BridgeError(
    "conflict",
    `No ${what} while the ${run.operation} ${run.runId} of ${run.operator} is under way (${run.doing || run.state}). Wait for its end, or cancel it.`,
  );
}

/** What git is asked with from here: this operator, and nobody to tell, since nothing is changed. */
export function repositoryContext({ clock, environment }: DeskContext, root: string): RepositoryContext {
  return { root, environment, clock, operator: operatorName(), report: () => undefined };
}

/** Carries a failure of git over the bridge: one plain sentence, and git's own words. */
export async function asBridgeError<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const { plain, command, stderr } = error;
    throw new BridgeError(
      "conflict",
      plain,
      [command, ...stderr.split("\n")].filter((line) => line.trim() !== ""),
    );
  }
}
