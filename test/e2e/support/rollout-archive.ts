import type { RolloutProfile } from "#contract/rollout/profile";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import { decide } from "#domain/rollout/decide";
import { evolve } from "#domain/rollout/evolve";
import type { RolloutInput, RolloutState } from "#domain/rollout/state";
import type { RolloutStore } from "../../../main/rollout/journal/journal-types";
import { createRolloutStore } from "../../../main/rollout/journal/rollout-store";
import { healthyObservation, instantAt, testCandidate } from "../../support/rollout/observation";

const hour = 3_600_000;
/** Journals written at the same time: each waits for the disk. */
const together = 50;

function profileOf(id: string): RolloutProfile {
  const profile = builtInProfiles.find((known) => known.id === id);
  if (profile === undefined) throw new Error(`No profile ${id} is built in.`);
  return profile;
}

/**
 * Writes `count` rollouts into a workspace's journals as the engine decides them: started an hour apart, one check, then
 * aborted; every fourth blocked by CI instead (T5). Versions are 3.0.0 to 3.0.<count - 1>, the newest last.
 */
export async function writeRollouts(workspacePath: string, count: number): Promise<void> {
  const store = createRolloutStore(workspacePath);
  for (let first = 0; first < count; first += together) {
    const indexes = Array.from({ length: Math.min(together, count - first) }, (_, offset) => first + offset);
    await Promise.all(indexes.map((index) => writeRollout(store, index)));
  }
}

async function writeRollout(store: RolloutStore, index: number): Promise<void> {
  const begun = index * hour;
  const at = instantAt(begun + 60_000);
  const profile = profileOf(index % 3 === 0 ? "rehearsal" : "default");
  const stamp = new Date(instantAt(begun).unixMs).toISOString().replace(/[-:]|\.\d+/g, "");
  const rolloutId = `${stamp}-${index.toString(16).padStart(4, "0")}`;
  const by = { kind: "operator", name: index % 2 === 0 ? "anna" : "boris" } as const;
  let state: RolloutState | null = null;
  const decided = (input: RolloutInput, now: typeof at) => {
    const { events, refusal } = decide(state, input, now);
    if (events.length === 0) throw new Error(`Nothing was decided: ${refusal?.message ?? "no refusal"}`);
    for (const event of events) state = evolve(state, event);
    return events;
  };
  const candidate = { ...testCandidate, version: `3.0.${index}` };
  const request = { candidate, profileId: profile.id, reason: `train ${index}` };
  const journal = await store.create(
    rolloutId,
    decided({ kind: "start", rolloutId, request, profile, profileSource: "built in", by }, instantAt(begun)),
  );
  const healthy = healthyObservation(at);
  const isBlocked = index % 4 === 3;
  const observation = isBlocked ? { ...healthy, ci: { ...healthy.ci, conclusion: "failure" } } : healthy;
  await journal.append(decided({ kind: "check", trigger: "scheduled", observation, effectId: "none" }, at));
  if (isBlocked) return journal.close();
  const revision = (state as RolloutState | null)?.revision ?? 0;
  const command = { command: "abort", rolloutId, revision, reason: "over" } as const;
  await journal.append(
    decided({ kind: "command", command, by, effectId: "none" }, instantAt(begun + 120_000)),
  );
  await journal.close();
}
