import type { Notice } from "#contract/rollout/view";
import type { Clock } from "#domain/clock";
import { heldNotices, Listeners } from "../rollout/desk/listeners";
import { openRolloutDesk } from "../rollout/desk/rollout-desk";
import { openTosDesk } from "../tos/desk/tos-desk";
import { openWorkspace } from "../workspace/workspace";
import { createConsoleHost, type ConsoleHost } from "./console-host";
import { openSurfaces } from "./open-surfaces";
import type { Unsubscribe } from "./ports";
import { ownRunner } from "./program-root";
import { claimWorkspace, type ClaimRecord, type ServerAddress } from "./workspace-claim";

export interface OpenConsoleOptions {
  readonly path: string;
  readonly kind: ClaimRecord["kind"];
  readonly clock: Clock;
  readonly version: string;
  /** Takes what went wrong with one surface while the others go on; a line for the log. */
  readonly onProblem: (problem: string) => void;
}

/** A workspace that is being watched and driven. */
export interface OpenedConsole {
  readonly host: ConsoleHost;
  /**
   * Called with everything an operator is told of, also while no page is there to show it. Whoever listens first is told
   * of what came before.
   */
  onNotice(listener: (notice: Notice) => void): Unsubscribe;
  /** Tells other programs of this user where the console is served. */
  announceServer(server: ServerAddress): Promise<void>;
  /** Ends what the surfaces run, stops watching, and lets the workspace go. */
  close(): Promise<void>;
}

/**
 * Opens a workspace for this process alone and begins to watch and drive its five surfaces. Resolves before the
 * surfaces have been read. Rejects with a `BridgeError` when the folder cannot be opened or another process has it.
 */
export async function openConsole(options: OpenConsoleOptions): Promise<OpenedConsole> {
  /** How to undo what has been opened so far; the newest last. */
  const opened: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (let close = opened.pop(); close !== undefined; close = opened.pop()) await close();
  };
  try {
    const workspace = await openWorkspace(options.path, options.clock);
    opened.push(() => workspace.dispose());
    const claim = await claimWorkspace(workspace.path, options.kind);
    opened.unshift(() => claim.release());
    const { surfaces, close } = openSurfaces(workspace, options);
    opened.push(close);
    const rollouts = await openRolloutDesk({
      workspace,
      mode: "host",
      surfaces,
      clock: options.clock,
      runner: ownRunner(),
      onProblem: options.onProblem,
    });
    opened.push(() => rollouts.close());
    const notices = new Listeners<Notice>(heldNotices);
    rollouts.onNotice((notice) => notices.tell(notice));
    const tos = await openTosDesk({
      workspace,
      clock: options.clock,
      runner: ownRunner(),
      environment: process.env,
      onProblem: options.onProblem,
    });
    opened.push(() => tos.close());
    const host = createConsoleHost({ ...options, workspace, surfaces, rollouts, tos });
    opened.push(async () => host.close());
    return {
      host,
      onNotice: (listener) => notices.add(listener),
      announceServer: (server) => claim.announceServer(server),
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
