import type { PhaseProfile } from "#contract/rollout/profile";
import type { RolloutView } from "#contract/rollout/view";
import { isRunning } from "./standing";
import type { RolloutState } from "./state";

type PhaseView = RolloutView["phases"][number];

const noTime = { waitingMs: 0, soakingMs: 0, heldMs: 0 };

/** The five phases in order, each with what it demands and what came of it. */
export function phaseViews(state: RolloutState): PhaseView[] {
  return state.profile.phases.map((phase) => phaseView(state, phase));
}

function phaseView(state: RolloutState, { id, percent, minimumSoakMs }: PhaseProfile): PhaseView {
  const record = state.phases.find(({ phase }) => phase === id);
  return {
    id,
    percent,
    state: standing(state, id, record !== undefined),
    requiredMs: minimumSoakMs,
    creditedMs: id === state.phase ? state.soak.creditedMs : (record?.creditedMs ?? 0),
    enteredUnixMs: record?.enteredUnixMs ?? null,
    leftUnixMs: record?.leftUnixMs ?? null,
    enteredBy: record?.enteredBy ?? null,
    durations: record?.durations ?? noTime,
  };
}

function standing(state: RolloutState, id: PhaseProfile["id"], entered: boolean): PhaseView["state"] {
  if (!entered) return "ahead";
  if (id !== state.phase || state.status === "complete") return "passed";
  return isRunning(state.status) ? "current" : "ended";
}
