import type { Refusal } from "#contract/rollout/command";
import type { RolloutStatus } from "#contract/rollout/vocabulary";

/**
 * Exit codes of every command (spec/tau/surfaces.md §0). `held`: a surface or a gate holds. `refused`: a rollout command
 * was refused for another reason. `ended`: a rollback is open, or the rollout ended otherwise than complete.
 */
export const exitCodes = { success: 0, failure: 1, usage: 2, held: 3, refused: 4, ended: 5 } as const;

/** What evidence, time or the hook may still change; every other refusal needs another command or another rollout. */
const holdingRefusals: ReadonlySet<Refusal["code"]> = new Set<Refusal["code"]>([
  "gates-hold",
  "soak-incomplete",
  "no-check",
  "evidence-old",
  "freeze-window",
  "hook-not-done",
  "paused",
]);

/** Statuses of a rollout that has ended without being complete. */
const badEndings: ReadonlySet<RolloutStatus> = new Set<RolloutStatus>([
  "blocked",
  "aborted",
  "rolling_back",
  "rolled_back",
  "rolled_back_unverified",
]);

/** Whether a rollout ended otherwise than complete. */
export function endedBadly(status: RolloutStatus): boolean {
  return badEndings.has(status);
}

/** The exit code of a refused command: 3 when something holds, 4 otherwise. */
export function refusalExitCode({ code }: Refusal): number {
  return holdingRefusals.has(code) ? exitCodes.held : exitCodes.refused;
}
