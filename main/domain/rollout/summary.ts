import type { RolloutSummary } from "#contract/rollout/view";
import type { RolloutState } from "./state";
import { totalDurations } from "./view-durations";

/** One row of the history. `problem` says why the journal cannot be trusted; empty when it can. */
export function summaryOf(state: RolloutState, problem: string): RolloutSummary {
  return {
    rolloutId: state.rolloutId,
    candidate: state.candidate,
    profileId: state.profile.id,
    rehearsal: state.profile.rehearsal,
    status: state.status,
    phase: state.phase,
    percent: state.percent,
    startedUnixMs: state.startedUnixMs,
    startedBy: state.startedBy.name,
    endedUnixMs: state.ending?.unixMs ?? null,
    checks: state.checks,
    triggers: state.triggers.map(({ trigger }) => trigger),
    durations: totalDurations(state),
    problem,
  };
}
