import { surfaceLabels } from "#contract/identity";
import type { PercentHook } from "#contract/rollout/profile";
import type { Finding } from "#contract/rollout/verdict";
import { gateIds, phaseLabels, type GateId, type PhaseId } from "#contract/rollout/vocabulary";
import { describeSpan } from "../freshness";

/** A moment as sentences name it, in UTC: the time alone within a day of `nowUnixMs`, else with its date. */
export function describeMoment(unixMs: number, nowUnixMs: number): string {
  const [date = "", time = ""] = new Date(unixMs).toISOString().split("T");
  const clock = `${time.slice(0, 8)} UTC`;
  return Math.abs(unixMs - nowUnixMs) < 86_400_000 ? clock : `${date} ${clock}`;
}

/** Time still to come, never named shorter than it is. */
export function describeRemaining(milliseconds: number): string {
  return describeSpan(Math.ceil(milliseconds / 1_000) * 1_000);
}

/** A phase with its percent: `Canary 2 (25 %)`. */
export function phaseWithPercent(phase: PhaseId, percent: number): string {
  return `${phaseLabels[phase]} (${percent} %)`;
}

/** Which rule holds where: `G7 holds on Voice`, `G2 holds`. */
export function describeHold({ rule, surface }: Pick<Finding, "rule" | "surface">): string {
  return surface === null ? `${rule} holds` : `${rule} holds on ${surfaceLabels[surface]}`;
}

/** The hook's command line as an operator would recognise it; nothing runs it from this text. */
export function hookCommand({ program, args }: PercentHook): string {
  return [program, ...args].map((word) => (/\s|^$/.test(word) ? JSON.stringify(word) : word)).join(" ");
}

/** Gates with neighbours drawn together: `G4–G8, G10`. */
export function describeGates(gates: readonly GateId[]): string {
  const positions = gates.map((gate) => gateIds.indexOf(gate)).toSorted((left, right) => left - right);
  const runs: { first: number; last: number }[] = [];
  for (const position of positions) {
    const run = runs.at(-1);
    if (run !== undefined && position === run.last + 1) run.last = position;
    else runs.push({ first: position, last: position });
  }
  return runs
    .map(({ first, last }) => (first === last ? `G${first + 1}` : `G${first + 1}–G${last + 1}`))
    .join(", ");
}
