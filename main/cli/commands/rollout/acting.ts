import type { CommandOutcome } from "#contract/requests";
import { startRolloutSchema } from "#contract/rollout/command";
import type { ParsedFlags } from "../../flags/parse";
import type { CommandContext } from "../../terminal";
import { chosenRollout, withRolloutAccess } from "./access";
import { bindCommand, type Decided, invalidFlag, requiredText } from "./arguments";
import { readCandidate } from "./candidate";
import { printable } from "./layout";
import { reportOutcome, standingExitCode, standingLine } from "./outcome";

/** `gatehouse rollout start`: begins a rollout of a candidate in preflight. */
export function startRollout(flags: ParsedFlags, { terminal }: CommandContext): Promise<number> {
  const reason = requiredText(flags, "reason", "the journal keeps why");
  return withRolloutAccess(flags, "act", terminal, async ({ desk, obstacle }) => {
    const candidate = readCandidate(flags, await desk.profiles());
    const request = startRolloutSchema.safeParse({ candidate, profileId: flags.text("profile"), reason });
    if (!request.success) throw invalidFlag(request.error, { profileId: "profile" });
    return reportOutcome(
      explained(await desk.start(request.data), obstacle),
      flags.boolean("json"),
      terminal,
    );
  });
}

/** `gatehouse rollout check`: takes a check now. Exits as `status` does of what the check found. */
export function takeCheck(flags: ParsedFlags, { terminal }: CommandContext): Promise<number> {
  return withRolloutAccess(flags, "act", terminal, async (access) => {
    const { rolloutId } = await chosenRollout(access, flags);
    const command = { command: "check", rolloutId } as const;
    const outcome = explained(await access.desk.command({ command }), access.obstacle);
    const exitCode = reportOutcome(outcome, flags.boolean("json"), terminal);
    return outcome.refusal === null && outcome.rollout !== null
      ? standingExitCode(outcome.rollout)
      : exitCode;
  });
}

/**
 * The commands that decide something. They are bound to the revision given, or else to the state that is read now,
 * which is then printed first.
 */
export function decideOnRollout(
  decided: Decided,
  flags: ParsedFlags,
  { terminal }: CommandContext,
): Promise<number> {
  // What the contract would not take is refused before anybody is asked.
  bindCommand(decided, "any", decided.revision ?? 0);
  return withRolloutAccess(flags, "act", terminal, async (access) => {
    const view = await chosenRollout(access, flags);
    const command = bindCommand(decided, view.rolloutId, decided.revision ?? view.revision);
    if (decided.revision === null && !flags.boolean("json"))
      terminal.out(printable(`Decided on ${view.rolloutId}: ${standingLine(view)}`));
    const outcome = explained(await access.desk.command({ command }), access.obstacle);
    return reportOutcome(outcome, flags.boolean("json"), terminal);
  });
}

/** A refusal by somebody who only reads, with why nobody else could be asked. */
function explained(outcome: CommandOutcome, obstacle: string | null): CommandOutcome {
  const { refusal } = outcome;
  return refusal?.code === "read-only" && obstacle !== null
    ? { ...outcome, refusal: { ...refusal, details: [...refusal.details, obstacle] } }
    : outcome;
}
