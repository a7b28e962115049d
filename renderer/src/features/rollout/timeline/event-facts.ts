import { surfaceLabels } from "#contract/identity";
import type { RolloutEvent } from "#contract/rollout/journal";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { formatDuration } from "../../../format/duration";
import { formatBytes, formatCount } from "../../../format/number";
import { formatTimestamp } from "../../../format/time";
import { soakWords } from "./check-words";

type Fact = readonly [term: string, value: string];

/** What an event says besides its title, who and why: term and value, empty values left out. */
export function eventFacts(event: RolloutEvent): readonly Fact[] {
  return factsOf(event).filter(([, value]) => value !== "");
}

function factsOf(event: RolloutEvent): readonly Fact[] {
  switch (event.type) {
    case "rollout-started":
      return [
        ["Candidate", event.candidate.version],
        ["Commit", event.candidate.commit],
        ["Created", `${formatTimestamp(event.candidate.createdUnixMs)} UTC`],
        ["Profile", `${event.profile.id} (${event.profileSource})`],
        ["Rehearsal", event.profile.rehearsal ? "yes" : "no"],
      ];
    case "session-opened":
      return [
        ["Session", event.at.session],
        ["Repaired", event.repairedBytes === 0 ? "nothing" : formatBytes(event.repairedBytes)],
      ];
    case "check-recorded":
      return [
        [
          "Taken",
          { scheduled: "on schedule", manual: "by hand", promotion: "for a promotion" }[event.trigger],
        ],
        ["Soak", soakWords(event.soak)],
      ];
    case "phase-entered":
      return [
        ["Phase", phaseLabels[event.phase]],
        ["Percent", `${event.percent} %`],
        ["Decided on", `check ${event.baseline.check}`],
        ["Freeze window", event.freezeOverride === null ? "" : event.freezeOverride.window],
        ["Override", event.freezeOverride === null ? "" : event.freezeOverride.reason],
        ["Effect", event.effectId ?? "none, the percent is declared only"],
      ];
    case "rollback-opened":
      return [
        ["Phase", phaseLabels[event.phase]],
        ["Percent", `${event.percent} %`],
        ["Forced by", event.trigger ?? "an operator"],
        ["Effect", event.effectId ?? "none, the percent is declared only"],
      ];
    case "trigger-fired":
      return [
        ["Check", formatCount(event.check)],
        ["Names the rollback", event.primary ? "yes" : "no"],
      ];
    case "blocked":
      return [["Trigger", event.trigger]];
    case "rebaselined":
      return [
        ["Surface", surfaceLabels[event.surface]],
        ["From check", formatCount(event.check)],
        ["Log lines", formatCount(event.baseline.lines)],
        [
          "Counts",
          Object.entries(event.baseline.counts)
            .map(([code, count]) => `${code} ${count}`)
            .join("\n"),
        ],
      ];
    case "effect-attempted":
      return [
        ["Effect", event.effectId],
        ["Attempt", formatCount(event.attempt)],
      ];
    case "effect-done":
      return [
        ["Effect", event.effectId],
        ["Output", event.output],
      ];
    case "effect-failed":
      return [
        ["Effect", event.effectId],
        ["Detail", event.detail],
        ["Output", event.output],
      ];
    case "effect-retried":
      return [["Effect", event.effectId]];
    case "clock-jumped":
      return [["By", `${event.byMs < 0 ? "-" : "+"}${formatDuration(Math.abs(event.byMs))}`]];
    case "command-refused":
      return [
        ["Command", event.command],
        ["Code", event.refusal.code],
        ["In the way", event.refusal.details.join("\n")],
      ];
    case "rollout-completed":
    case "paused":
    case "resumed":
    case "aborted":
      return [];
  }
}
