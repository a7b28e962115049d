import { rolloutProfileSchema, type RolloutProfile } from "#contract/rollout/profile";
import type { GateId, PhaseId } from "#contract/rollout/vocabulary";

const minute = 60_000;
const hour = 60 * minute;

/** Percent of each phase (seed 003, cross-surface rollout contract; spec/tau/rollout.md §2). */
const percents = {
  preflight: 0,
  "canary-1": 5,
  "canary-2": 25,
  "canary-3": 50,
  "general-availability": 100,
} as const satisfies Record<PhaseId, number>;

const preflightGates: readonly GateId[] = ["G1", "G2", "G3"];
const firstCanaryGates: readonly GateId[] = ["G4", "G5", "G6", "G7", "G8"];
const secondCanaryGates: readonly GateId[] = [...firstCanaryGates, "G9", "G10"];
const thirdCanaryGates: readonly GateId[] = [...secondCanaryGates, "G11"];

/** Gates of each phase (spec/tau/rollout.md §3, column "phases"). G13 is optional: profiles that want it say so. */
const gates: Readonly<Record<PhaseId, readonly GateId[]>> = {
  preflight: preflightGates,
  "canary-1": firstCanaryGates,
  "canary-2": secondCanaryGates,
  "canary-3": thirdCanaryGates,
  "general-availability": [...thirdCanaryGates, "G12"],
};

/** The contract's phases, percents and gates, with these soaks in milliseconds. */
function contractPhases(soaks: Readonly<Record<PhaseId, number>>): RolloutProfile["phases"] {
  const ids = Object.keys(percents) as PhaseId[];
  return ids.map((id) => ({
    id,
    percent: percents[id],
    minimumSoakMs: soaks[id],
    gates: [...gates[id]],
  }));
}

/** Seed 003's table to the letter, a check every 5 minutes. */
const defaultProfile = rolloutProfileSchema.parse({
  schemaVersion: 1,
  id: "default",
  title: "Cross-surface rollout contract",
  rehearsal: false,
  phases: contractPhases({
    preflight: 0,
    "canary-1": 30 * minute,
    "canary-2": 60 * minute,
    "canary-3": 120 * minute,
    "general-availability": 24 * hour,
  }),
});

/** The same procedure in a few minutes, to practise it on surfaces that run every few seconds. It proves no release. */
const rehearsalProfile = rolloutProfileSchema.parse({
  schemaVersion: 1,
  id: "rehearsal",
  title: "Rehearsal of the rollout contract",
  rehearsal: true,
  checkIntervalMs: 5_000,
  manualCheckDistanceMs: 2_000,
  maximumEvidenceAgeMs: minute,
  phases: contractPhases({
    preflight: 0,
    "canary-1": 15_000,
    "canary-2": 20_000,
    "canary-3": 30_000,
    "general-availability": minute,
  }),
});

/** Profiles every workspace has. A file `.gatehouse/profiles/<id>.json` of the same identifier takes the place of one. */
export const builtInProfiles: readonly RolloutProfile[] = [defaultProfile, rehearsalProfile];
