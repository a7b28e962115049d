import type { RolloutView } from "#contract/rollout/view";
import { formatEvidenceTime } from "./soak/evidence-time";

type PhaseView = RolloutView["phases"][number];

/** The state of a phase in a word. */
export const phaseStateWords: Readonly<Record<PhaseView["state"], string>> = {
  passed: "passed",
  current: "now",
  ended: "ended here",
  ahead: "ahead",
};

/** What the phase's soak asks for and has: `12 min of 30 min proven`, or the evidence preflight needs instead. */
export function soakWords(phase: Pick<PhaseView, "state" | "requiredMs" | "creditedMs">): string {
  if (phase.requiredMs === 0) return "one harness run";
  const required = formatEvidenceTime(phase.requiredMs);
  if (phase.state === "ahead") return `soak ${required}`;
  return `${formatEvidenceTime(phase.creditedMs)} of ${required}`;
}
