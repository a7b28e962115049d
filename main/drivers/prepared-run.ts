import { resolve } from "node:path";
import { BridgeError } from "#contract/envelope";
import type { SurfaceId } from "#contract/identity";
import type { SurfaceSettings } from "#contract/settings";
import type { Workspace } from "../host/ports";
import { prepareCommand } from "./command";
import type { CycleStore } from "./cycle-store";
import { playlist, prepareEmbedded, type RunnerProgram } from "./embedded";
import { isInside, readFixtureText } from "./fixture-file";
import type { ProgramPlan } from "./process";

/** A run made ready to start. */
export interface PreparedRun {
  plan: ProgramPlan;
  /** As it can be pasted into a shell. */
  commandLine: string;
  /** Fixture as the settings name it; null for a configured program. */
  fixture: string | null;
}

/** What a run is made of, whichever driver it is. */
export interface RunSurroundings {
  surface: SurfaceId;
  workspace: Workspace;
  runner: RunnerProgram;
  store: CycleStore;
}

/** Makes the next run ready. Rejects with an error that says why there is nothing to start. */
export async function prepareRun(
  { surface, workspace, runner, store }: RunSurroundings,
  settings: SurfaceSettings,
  fixture: string | undefined,
): Promise<PreparedRun> {
  switch (settings.driver) {
    case "command":
      return prepareCommand(settings, workspace.path);
    case "embedded":
      return prepareEmbedded({
        surface,
        settings,
        workspacePath: workspace.path,
        liveSummary: workspace.settings().browserLiveSummary,
        runner,
        store,
        fixture,
      });
    case "observe":
      throw new BridgeError("unsupported", `${surface} is observed and has nothing to run.`);
  }
}

/**
 * Refuses a fixture an operator may not pick: only what the settings name and what lies in the workspace may be run,
 * nothing else on the machine. Rejects with a `BridgeError`.
 */
export async function requirePickableFixture(
  workspacePath: string,
  settings: SurfaceSettings,
  fixture: string,
): Promise<void> {
  if (settings.driver !== "embedded")
    throw new BridgeError("invalid_request", `fixture: the driver is "${settings.driver}" and takes none.`);
  if (!playlist(settings).includes(fixture) && !isInside(workspacePath, fixture))
    throw new BridgeError(
      "invalid_request",
      `fixture: expected a file inside the workspace, found ${fixture}.`,
    );
  await readFixtureText(resolve(workspacePath, fixture)).catch((error: Error) => {
    throw new BridgeError("not_found", `The fixture ${fixture} cannot be read.`, [error.message]);
  });
}
