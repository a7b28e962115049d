import type { Workspace } from "../../../host/ports";
import { ownRunner } from "../../../host/program-root";
import { claimWorkspace, WorkspaceClaimedError } from "../../../host/workspace-claim";
import { openRolloutDesk, type RolloutDeskOptions } from "../../../rollout/desk/rollout-desk";
import { systemClock } from "../../../system/clock";
import type { Terminal } from "../../terminal";
import type { RolloutAccess } from "./access";

/** Reads the journals from disk. `obstacle` says why whoever has the workspace cannot be asked; null when nobody has it. */
export async function readingAccess(
  workspace: Workspace,
  obstacle: string | null,
  terminal: Terminal,
): Promise<RolloutAccess> {
  const desk = await openRolloutDesk(deskOptions(workspace, "read", terminal));
  return {
    desk,
    latest: () => Promise.resolve(desk.state().latest),
    answeredBy: obstacle === null ? "nobody: no console has the workspace open" : `disk; ${obstacle}`,
    obstacle,
    close: () => desk.close(),
  };
}

/** Takes the workspace for this command; null when another process was faster. */
export async function claimedAccess(workspace: Workspace, terminal: Terminal): Promise<RolloutAccess | null> {
  const claim = await claimWorkspace(workspace.path, "command").catch((error: unknown) => {
    if (error instanceof WorkspaceClaimedError) return null;
    throw error;
  });
  if (claim === null) return null;
  try {
    for (const error of workspace.view().settingsErrors) terminal.error(`warning: ${error}`);
    const desk = await openRolloutDesk(deskOptions(workspace, "command", terminal));
    return {
      desk,
      latest: () => Promise.resolve(desk.state().latest),
      answeredBy: "nobody: this command has taken the workspace",
      obstacle: null,
      async close() {
        try {
          await desk.close();
        } finally {
          await claim.release();
        }
      },
    };
  } catch (error) {
    await claim.release();
    throw error;
  }
}

function deskOptions(
  workspace: Workspace,
  mode: RolloutDeskOptions["mode"],
  terminal: Terminal,
): RolloutDeskOptions {
  return {
    workspace,
    mode,
    surfaces: new Map(),
    clock: systemClock,
    runner: ownRunner(),
    onProblem: (problem) => terminal.error(`warning: ${problem}`),
  };
}
