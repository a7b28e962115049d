import { setTimeout as delay } from "node:timers/promises";
import { BridgeError } from "#contract/envelope";
import type { RolloutView } from "#contract/rollout/view";
import type { RolloutDesk, Workspace } from "../../../host/ports";
import { readClaim } from "../../../host/workspace-claim";
import { systemClock } from "../../../system/clock";
import { openWorkspace } from "../../../workspace/workspace";
import type { ParsedFlags } from "../../flags/parse";
import type { Terminal } from "../../terminal";
import { askHost } from "./host-access";
import { claimedAccess, readingAccess } from "./own-access";

/** The way to the rollouts of a workspace, for as long as one command takes. */
export interface RolloutAccess {
  readonly desk: Pick<RolloutDesk, "profiles" | "start" | "command" | "view" | "list" | "timeline">;
  /** The rollout that runs, else the newest; null before the first. */
  latest(): Promise<RolloutView | null>;
  /** Who is asked, in words. */
  readonly answeredBy: string;
  /** Why nothing can be done but reading; null when commands are taken. */
  readonly obstacle: string | null;
  close(): Promise<void>;
}

/** How long a console may take to say where it answers, and another command to be done with the workspace. */
const patienceMs = 10_000;
const lookAgainAfterMs = 50;

/**
 * Opens the way, has it used and lets go. To read, the workspace is never claimed: without a console the journal is
 * read from disk. To act, the console is asked, or the workspace claimed while nobody has it; where neither is possible
 * the access only reads and says why.
 */
export async function withRolloutAccess<Value>(
  flags: ParsedFlags,
  purpose: "read" | "act",
  terminal: Terminal,
  act: (access: RolloutAccess) => Promise<Value>,
): Promise<Value> {
  const workspace = await openWorkspace(flags.text("workspace"), systemClock);
  try {
    const access = await openAccess(workspace, purpose, terminal);
    try {
      return await act(access);
    } finally {
      await access.close();
    }
  } finally {
    await workspace.dispose();
  }
}

/** The rollout a command means: the one that `--rollout` names, else the latest. Throws when there is none. */
export async function chosenRollout(access: RolloutAccess, flags: ParsedFlags): Promise<RolloutView> {
  const rolloutId = flags.optionalText("rollout");
  const view = rolloutId === undefined ? await access.latest() : await access.desk.view({ rolloutId });
  if (view === null)
    throw new BridgeError(
      "not_found",
      "This workspace has no rollout yet; `gatehouse rollout start` begins one.",
    );
  return view;
}

async function openAccess(
  workspace: Workspace,
  purpose: "read" | "act",
  terminal: Terminal,
): Promise<RolloutAccess> {
  const deadline = systemClock.monotonicMs() + patienceMs;
  for (;;) {
    const holder = await readClaim(workspace.path);
    if (holder === null) {
      if (purpose === "read") return readingAccess(workspace, null, terminal);
      const own = await claimedAccess(workspace, terminal);
      if (own !== null) return own;
    } else if (holder.server !== null) {
      const answer = await askHost(holder, holder.server);
      if (typeof answer !== "string") return answer;
      const still = await readClaim(workspace.path);
      // Whoever closed meanwhile has left the workspace to us or to another.
      if (still?.pid === holder.pid) return readingAccess(workspace, answer, terminal);
    } else if (purpose === "read" || systemClock.monotonicMs() > deadline) {
      const obstacle = `The ${holder.kind} of process ${holder.pid} has the workspace and does not say where it can be asked.`;
      return readingAccess(workspace, obstacle, terminal);
    }
    await delay(lookAgainAfterMs);
  }
}
