import { surfaceLabels } from "#contract/identity";
import type { RolloutEvent, RolloutEventType } from "#contract/rollout/journal";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { formatDuration } from "../../../format/duration";
import { formatBytes, formatCounted } from "../../../format/number";
import type { StatusTone } from "../../../state/display-status";
import { checkWords } from "./check-words";

/** One event in words: what happened; for what somebody decided, who and why; for a check, what became of the soak. */
export interface EventWords {
  readonly tone: StatusTone | "plain";
  readonly title: string;
  readonly note: string;
  readonly by: string | null;
  readonly reason: string | null;
}

const tones: Readonly<Record<Exclude<RolloutEventType, "check-recorded">, StatusTone | "plain">> = {
  "rollout-started": "plain",
  "session-opened": "stale",
  "phase-entered": "healthy",
  "rollout-completed": "healthy",
  paused: "stale",
  resumed: "plain",
  "trigger-fired": "failing",
  blocked: "failing",
  "rollback-opened": "failing",
  aborted: "failing",
  rebaselined: "plain",
  "effect-attempted": "plain",
  "effect-done": "plain",
  "effect-failed": "failing",
  "effect-retried": "plain",
  "clock-jumped": "degraded",
  "command-refused": "degraded",
};

/** Puts one event into words. */
export function eventWords(event: RolloutEvent): EventWords {
  if (event.type === "check-recorded") return { ...checkWords(event), by: null, reason: null };
  const words = { tone: tones[event.type], title: titleOf(event) };
  if (!("by" in event)) return { ...words, note: "", by: null, reason: null };
  const by = event.by.name;
  const reason = event.reason === "" ? null : event.reason;
  return { ...words, note: reason === null ? `by ${by}` : `by ${by}: ${reason}`, by, reason };
}

function titleOf(event: Exclude<RolloutEvent, { type: "check-recorded" }>): string {
  switch (event.type) {
    case "rollout-started":
      return `Rollout of ${event.candidate.version} started with profile ${event.profile.title}`;
    case "session-opened":
      return event.repairedBytes === 0
        ? "Taken up by a console; time before was not observed"
        : `Taken up by a console; ${formatBytes(event.repairedBytes)} of a torn entry cut off`;
    case "phase-entered":
      return `${phaseLabels[event.phase]} entered at ${event.percent} %${
        event.by.kind === "automatic" ? " by automatic promotion" : ""
      }${
        event.freezeOverride === null
          ? ""
          : `, inside the freeze window ${event.freezeOverride.window}: ${event.freezeOverride.reason}`
      }`;
    case "rollout-completed":
      return "Rollout completed";
    case "paused":
      return "Paused";
    case "resumed":
      return "Resumed";
    case "trigger-fired":
      return `${event.trigger} fired in check ${event.check}${event.primary ? " and names the rollback" : ""}${
        event.findings[0] === undefined ? "" : `: ${event.findings[0].observed}`
      }`;
    case "blocked":
      return `Blocked by ${event.trigger}: the release is unfit, there is nothing to roll back`;
    case "rollback-opened":
      return `Rollback opened in ${phaseLabels[event.phase]}${
        event.trigger === null ? "" : `, forced by ${event.trigger}`
      }; percent set to ${event.percent} %`;
    case "aborted":
      return "Aborted; the percent stays as declared";
    case "rebaselined":
      return `New baseline for ${surfaceLabels[event.surface]} from check ${event.check}`;
    case "effect-attempted":
      return `Percent hook started, attempt ${event.attempt}`;
    case "effect-done":
      return `Percent hook done in attempt ${event.attempt}`;
    case "effect-failed":
      return `Percent hook failed in attempt ${event.attempt}${
        event.final ? ", no attempt left" : ""
      }: ${event.detail}`;
    case "effect-retried":
      return "Percent hook to be run again";
    case "clock-jumped":
      return `Clock jumped ${event.byMs < 0 ? "back" : "ahead"} by ${formatDuration(Math.abs(event.byMs))}; it neither counts nor restarts`;
    case "command-refused":
      return `Refused: ${event.command}. ${event.refusal.message}${
        event.refusal.details.length === 0
          ? ""
          : ` (${formatCounted(event.refusal.details.length, "obstacle")})`
      }`;
  }
}
