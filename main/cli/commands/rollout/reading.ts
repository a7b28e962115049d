import { requests } from "#contract/requests";
import { exitCodes } from "../../exit-codes";
import type { ParsedFlags } from "../../flags/parse";
import type { CommandContext } from "../../terminal";
import { chosenRollout, withRolloutAccess } from "./access";
import { invalidFlag } from "./arguments";
import { historyTable } from "./history-table";
import { printable } from "./layout";
import { standingExitCode } from "./outcome";
import { statusScreen } from "./status-screen";
import { timelineList } from "./timeline-list";

/** `gatehouse rollout status`: the rollout as the window shows it. Exit 0 when nothing holds, 3 or 5 otherwise. */
export function showStatus(flags: ParsedFlags, context: CommandContext): Promise<number> {
  return withRolloutAccess(flags, "read", context.terminal, async (access) => {
    const view = await chosenRollout(access, flags);
    print(flags, context, view, () => statusScreen(view, access.answeredBy));
    return standingExitCode(view);
  });
}

/** `gatehouse rollout history`: the rollouts of the workspace, newest first. */
export function showHistory(flags: ParsedFlags, context: CommandContext): Promise<number> {
  const input = requests["rollout.list"].input.safeParse({
    limit: flags.number("limit"),
    offset: flags.number("offset"),
  });
  if (!input.success) throw invalidFlag(input.error, {});
  return withRolloutAccess(flags, "read", context.terminal, async ({ desk }) => {
    const list = await desk.list(input.data);
    print(flags, context, list, () => historyTable(list));
    return exitCodes.success;
  });
}

/** `gatehouse rollout timeline`: the journal of one rollout, newest entry first. */
export function showTimeline(flags: ParsedFlags, context: CommandContext): Promise<number> {
  const input = requests["rollout.timeline"].input.omit({ rolloutId: true }).safeParse({
    limit: flags.number("limit"),
    beforeSequence: flags.optionalNumber("before") ?? null,
    notableOnly: flags.boolean("notable"),
  });
  if (!input.success) throw invalidFlag(input.error, { beforeSequence: "before" });
  return withRolloutAccess(flags, "read", context.terminal, async (access) => {
    const { rolloutId } = await chosenRollout(access, flags);
    const timeline = await access.desk.timeline({ ...input.data, rolloutId });
    print(flags, context, timeline, () => timelineList(timeline));
    return exitCodes.success;
  });
}

function print(flags: ParsedFlags, { terminal }: CommandContext, value: unknown, text: () => string): void {
  terminal.out(flags.boolean("json") ? JSON.stringify(value, null, 2) : printable(text()));
}
