import { BridgeError } from "#contract/envelope";
import type { RolloutView } from "#contract/rollout/view";
import type { RolloutDesk, Workspace } from "../../../host/ports";
import { ownRunner } from "../../../host/program-root";
import { claimWorkspace, WorkspaceClaimedError } from "../../../host/workspace-claim";
import { openRolloutDesk, type RolloutDeskOptions } from "../../../rollout/desk/rollout-desk";
import { systemClock } from "../../../system/clock";
import type { Terminal } from "../../terminal";
import type { RolloutAccess } from "./access";
import { printable } from "./layout";

/** Reads the journals from disk. `obstacle` says why whoever has the workspace cannot be asked; null when nobody has it. */
export async function readingAccess(
  workspace: Workspace,
  obstacle: string | null,
  terminal: Terminal,
): Promise<RolloutAccess> {
  const problems: string[] = [];
  const desk = await openRolloutDesk(deskOptions(workspace, "read", terminal, problems));
  return {
    desk,
    latest: async () => latestOf(desk, problems),
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
    const problems: string[] = [];
    const desk = await openRolloutDesk(deskOptions(workspace, "command", terminal, problems));
    return {
      desk,
      latest: async () => latestOf(desk, problems),
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

/** The rollout that is worked on; null before the first. Throws when there may be one that cannot be read. */
function latestOf(desk: RolloutDesk, problems: readonly string[]): RolloutView | null {
  const { latest } = desk.state();
  if (latest === null && problems.length > 0)
    throw new BridgeError("unreadable", "Which rollout this workspace works on cannot be told.", [
      ...problems,
    ]);
  return latest;
}

function deskOptions(
  workspace: Workspace,
  mode: RolloutDeskOptions["mode"],
  terminal: Terminal,
  problems: string[],
): RolloutDeskOptions {
  return {
    workspace,
    mode,
    surfaces: new Map(),
    clock: systemClock,
    runner: ownRunner(),
    onProblem: (problem) => {
      problems.push(problem);
      terminal.error(printable(`warning: ${problem}`));
    },
  };
}
