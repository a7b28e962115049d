import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Instant } from "#contract/rollout/observation";
import type { Clock } from "#domain/clock";

/** Reads both clocks at once. */
export type ReadInstant = () => Instant;

/** Instants of one start of the console: its monotonic clock compares with no other's. */
export function sessionInstants(clock: Clock, session: string = randomUUID()): ReadInstant {
  return () => ({
    unixMs: Math.floor(clock.nowUnixMs()),
    monotonicMs: clock.monotonicMs(),
    session,
  });
}

/**
 * Instants of a command line that acts without a running console. Its monotonic clock is the machine's, which all
 * processes of one boot share, so that checks by hand can count one after the other.
 */
export function bootInstants(nowUnixMs: () => number): ReadInstant {
  const session = `boot-${bootId() ?? randomUUID()}`;
  return () => ({
    unixMs: Math.floor(nowUnixMs()),
    monotonicMs: Number(process.hrtime.bigint() / 1_000n) / 1_000,
    session,
  });
}

/** Identifier of this boot of the machine; null where the system has none, and then no two processes share a session. */
function bootId(): string | null {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  } catch {
    return null;
  }
}
