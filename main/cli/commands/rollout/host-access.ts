import type { Client } from "#contract/client";
import { BridgeError } from "#contract/envelope";
import type { ClaimRecord, ServerAddress } from "../../../host/workspace-claim";
import type { RolloutAccess } from "./access";
import { createHostRequester } from "./host-requester";

/** A console that runs answers a first question at once. */
const firstAnswerWithinMs = 5_000;

/** The way through a console that has the workspace open, or why it cannot be asked. */
export async function askHost(holder: ClaimRecord, server: ServerAddress): Promise<RolloutAccess | string> {
  try {
    await createHostRequester(server, firstAnswerWithinMs)("rollout.list", { limit: 1 });
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error;
    return [error.message, ...error.details].join(" ");
  }
  const request = createHostRequester(server);
  return {
    desk: hostDesk(request),
    latest: async () => (await request("console.snapshot", {})).rollout.latest,
    answeredBy: `the ${holder.kind} of process ${holder.pid}`,
    obstacle: null,
    close: () => Promise.resolve(),
  };
}

function hostDesk(request: Client["request"]): RolloutAccess["desk"] {
  return {
    profiles: () => request("rollout.profiles", {}),
    start: (input) => request("rollout.start", input),
    command: (input) => request("rollout.command", input),
    view: (input) => request("rollout.view", input),
    list: (input) => request("rollout.list", input),
    timeline: (input) => request("rollout.timeline", input),
  };
}
