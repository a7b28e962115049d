import type { Refusal } from "#contract/rollout/command";
import type { Instant } from "#contract/rollout/observation";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { profileProblems } from "../profile-rules";
import { isRunning } from "../standing";
import type { Decision, RolloutInput, RolloutState } from "../state";

/**
 * Starts a rollout in preflight (spec/tau/rollout.md §2). `state` is the rollout the workspace has, or null: one that
 * runs stands in the way. A profile that contradicts itself is refused, for every promotion rests on it.
 */
export function decideStart(
  state: RolloutState | null,
  input: Extract<RolloutInput, { kind: "start" }>,
  now: Instant,
): Decision {
  const { rolloutId, request, profile, profileSource, by } = input;
  const refusal = startRefusal(state, input);
  if (refusal !== null) {
    const { reason } = request;
    const events =
      state !== null && isRunning(state.status)
        ? [{ type: "command-refused" as const, at: now, command: "start", refusal, by, reason }]
        : [];
    return { events, refusal, message: refusal.message };
  }
  return {
    events: [
      {
        type: "rollout-started",
        rolloutId,
        candidate: request.candidate,
        profile,
        profileSource,
        at: now,
        by,
        reason: request.reason,
      },
    ],
    refusal: null,
    message: `Started the rollout of ${request.candidate.version} in ${phaseLabels.preflight}.`,
  };
}

function startRefusal(
  state: RolloutState | null,
  { profile, profileSource }: Extract<RolloutInput, { kind: "start" }>,
): Refusal | null {
  if (state !== null && isRunning(state.status))
    return {
      code: "rollout-active",
      message: `The rollout of ${state.candidate.version} still runs; abort or finish it first.`,
      details: [`Rollout ${state.rolloutId} is in ${phaseLabels[state.phase]}.`],
    };
  const problems = profileProblems(profile);
  return problems.length === 0
    ? null
    : {
        code: "invalid-profile",
        message: `The profile ${profile.id} contradicts itself, so nothing can be proven by it.`,
        details: problems.map((problem) => `${profileSource}: ${problem}`),
      };
}
