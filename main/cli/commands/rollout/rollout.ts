import type { CommandContext } from "../../terminal";
import { decideOnRollout, startRollout, takeCheck } from "./acting";
import { parseRolloutArguments, readDecided } from "./arguments";
import { showHistory, showStatus, showTimeline } from "./reading";

/**
 * `gatehouse rollout <command>`: what the window can do with a rollout, with the same refusals. A console that has the
 * workspace open is asked; without one, the command acts on the workspace itself. Exit codes: `exit-codes.ts`.
 */
export async function runRollout(argv: readonly string[], context: CommandContext): Promise<number> {
  const { command, flags } = parseRolloutArguments(argv);
  switch (command) {
    case "start":
      return startRollout(flags, context);
    case "check":
      return takeCheck(flags, context);
    case "status":
      return showStatus(flags, context);
    case "history":
      return showHistory(flags, context);
    case "timeline":
      return showTimeline(flags, context);
    default:
      return decideOnRollout(readDecided(command, flags), flags, context);
  }
}
