import { join } from "node:path";
import { execa } from "execa";
import type { Client } from "#contract/client";
import type { RolloutEvent } from "#contract/rollout/journal";
import { createHostRequester } from "../../../main/cli/commands/rollout/host-requester";
import { readClaim } from "../../../main/host/workspace-claim";
import { projectRoot } from "../../../resources/setup/project.mjs";
import { waitUntil } from "../../support/wait-until";

/** A console served by a process of its own, which can be killed like any. */
export interface ServedRollout {
  readonly pid: number;
  readonly request: Client["request"];
  /** Ends the process at once, without a word; resolves when it has gone. */
  kill(): Promise<void>;
}

/** Serves a workspace with the built command line; resolves once it can be asked. */
export async function serveRollout(workspacePath: string): Promise<ServedRollout> {
  const child = execa(
    process.execPath,
    [join(projectRoot, "out", "main", "cli.js"), "serve", "--workspace", workspacePath],
    { reject: false, stdin: "ignore" },
  );
  const server = await waitUntil("the served console", async () => {
    if (child.exitCode !== null) throw new Error(`serve ended: ${String((await child).stderr)}`);
    const claim = await readClaim(workspacePath);
    return claim?.pid === child.pid ? claim?.server : null;
  });
  return {
    pid: child.pid ?? 0,
    request: createHostRequester(server),
    async kill() {
      child.kill("SIGKILL");
      await child;
    },
  };
}

/** Every event of a rollout, oldest first. */
export async function eventsOf(
  { request }: { readonly request: Client["request"] },
  rolloutId: string,
): Promise<RolloutEvent[]> {
  const events: RolloutEvent[] = [];
  for (let beforeSequence: number | null = null; ;) {
    const page: Awaited<ReturnType<Client["request"]>> & {
      entries: readonly { sequence: number; events: RolloutEvent[] }[];
    } = await request("rollout.timeline", { rolloutId, beforeSequence, limit: 500 });
    for (const entry of page.entries) events.unshift(...entry.events);
    const last = page.entries.at(-1);
    if (last === undefined || last.sequence === 1) return events;
    beforeSequence = last.sequence;
  }
}
