import type { Durations } from "#contract/rollout/view";

/** The three ways time goes, in the order they are drawn. */
export const durationKinds = [
  { key: "soakingMs", word: "soaking", hint: "collecting evidence that counts" },
  { key: "waitingMs", word: "waiting", hint: "for an operator, with nothing left to prove" },
  { key: "heldMs", word: "held", hint: "by a rule, a pause or downtime" },
] as const satisfies readonly { key: keyof Durations; word: string; hint: string }[];

/** Share of each kind in the whole, in percent; all 0 when no time has gone. They add up to 100 otherwise. */
export function shares(durations: Durations): Readonly<Record<keyof Durations, number>> {
  const total = totalMs(durations);
  const share = (milliseconds: number): number => (total === 0 ? 0 : (100 * milliseconds) / total);
  return {
    waitingMs: share(durations.waitingMs),
    soakingMs: share(durations.soakingMs),
    heldMs: share(durations.heldMs),
  };
}

/** All time, milliseconds. */
export function totalMs(durations: Durations): number {
  return durations.waitingMs + durations.soakingMs + durations.heldMs;
}
