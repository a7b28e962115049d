import type { CommandOutcome } from "#contract/requests";
import type { RolloutView } from "#contract/rollout/view";
import { surfaceLabels } from "#contract/identity";
import { describeSpan } from "#domain/freshness";
import { endedBadly, exitCodes, refusalExitCode } from "../../exit-codes";
import type { Terminal } from "../../terminal";
import { printable } from "./layout";
import { statusWords } from "./status-screen";

/** Exit code of what a rollout shows: 0 nothing holds, 3 something does, 5 a trigger fired or it ended badly. */
export function standingExitCode(view: RolloutView): number {
  if (endedBadly(view.status) || view.triggers.some(({ state }) => state === "fired")) return exitCodes.ended;
  const holds =
    view.journal.problem !== "" ||
    view.findings.length > 0 ||
    view.paused !== null ||
    view.lastCheck?.ofPhase !== true ||
    isHookOpen(view);
  return holds ? exitCodes.held : exitCodes.success;
}

/** A rollout in one line, as a decision on it is reported. */
export function standingLine(view: RolloutView): string {
  const { soak } = view;
  return [
    `revision ${view.revision}`,
    `${statusWords(view.status)}${view.paused === null ? "" : ", paused"}`,
    `${view.percent} % declared`,
    ...(soak.requiredMs === 0
      ? []
      : [`${describeSpan(soak.creditedMs)} of ${describeSpan(soak.requiredMs)} proven`]),
    ...holdingWords(view),
  ].join("; ");
}

/** What holds, by name. No check of the phase is no evidence, and a pause is told beside the status. */
function holdingWords(view: RolloutView): string[] {
  const holding = new Set([
    ...(view.journal.problem === "" ? [] : ["the journal"]),
    ...view.findings.map(({ rule, surface }) =>
      surface === null ? rule : `${rule} ${surfaceLabels[surface]}`,
    ),
    ...(isHookOpen(view) ? ["R-HOOK"] : []),
  ]);
  if (holding.size > 0) return [`holding: ${[...holding].join(", ")}`];
  if (view.status === "complete") return ["nothing holds"];
  if (view.ended || view.paused !== null) return [];
  return [view.lastCheck?.ofPhase === true ? "nothing holds" : "no check in this phase yet"];
}

/** Whether a percent that is still wanted was not given yet; of an ended rollout that is its rollback's. */
function isHookOpen({ effects, ended, rollback }: RolloutView): boolean {
  const state = effects.at(-1)?.state ?? "done";
  return state !== "done" && (!ended || rollback !== null);
}

/** Prints what became of a command and returns its exit code. A refusal goes to standard error, with the state as it is now. */
export function reportOutcome(outcome: CommandOutcome, json: boolean, terminal: Terminal): number {
  const { refusal, rollout, message } = outcome;
  if (json) terminal.out(JSON.stringify(outcome, null, 2));
  else if (refusal === null) {
    const rehearsal = rollout?.rehearsal === true ? "REHEARSAL  " : "";
    terminal.out(printable(`${rehearsal}${message}`));
    if (rollout !== null)
      terminal.out(printable(`Now: ${standingLine(rollout)}\nNext: ${rollout.nextDecision}`));
  } else {
    const details = refusal.details.map((detail) => `\n  ${detail}`).join("");
    terminal.error(printable(`refused (${refusal.code}): ${refusal.message}${details}`));
    if (rollout !== null) terminal.error(printable(`Now: ${standingLine(rollout)}`));
  }
  // What was decided is done; that the hook failed to carry it out holds the rollout.
  if (refusal === null)
    return rollout?.effects.at(-1)?.state === "failed" ? exitCodes.held : exitCodes.success;
  // The check that a promotion begins with may have rolled back what was to be promoted.
  return refusal.code === "state-changed" && rollout !== null && endedBadly(rollout.status)
    ? exitCodes.ended
    : refusalExitCode(refusal);
}
