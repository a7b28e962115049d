import type { Notice } from "#contract/rollout/view";
import type { Clock } from "#domain/clock";
import { openRolloutDesk } from "../rollout/desk/rollout-desk";
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
  /** Called with everything an operator is told of, also while no page is there to show it. */
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
  const workspace = await openWorkspace(options.path, options.clock);
  try {
    const claim = await claimWorkspace(workspace.path, options.kind);
    const opened = openSurfaces(workspace, options);
    const rollouts = await openRolloutDesk({
      workspace,
      mode: "host",
      surfaces: opened.surfaces,
      clock: options.clock,
      runner: ownRunner(),
      onProblem: options.onProblem,
    });
    const host = createConsoleHost({ ...options, workspace, surfaces: opened.surfaces, rollouts });
    return {
      host,
      onNotice: (listener) => rollouts.onNotice(listener),
      announceServer: (server) => claim.announceServer(server),
      async close() {
        host.close();
        await rollouts.close();
        await opened.close();
        await workspace.dispose();
        await claim.release();
      },
    };
  } catch (error) {
    await workspace.dispose();
    throw error;
  }
}
