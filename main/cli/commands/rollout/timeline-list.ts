import { surfaceLabels } from "#contract/identity";
import type { RequestOutput } from "#contract/requests";
import type { Actor } from "#contract/rollout/command";
import type { RolloutEvent, TimelineEntry } from "#contract/rollout/journal";
import type { Finding } from "#contract/rollout/verdict";
import { type CellStatus, phaseLabels } from "#contract/rollout/vocabulary";
import { describeSpan } from "#domain/freshness";
import { moment } from "./layout";
import { place } from "./status-screen";

/** Entries of one journal, newest first; one line for each event. */
export function timelineList({ total, entries }: RequestOutput<"rollout.timeline">): string {
  return [...entries.flatMap(entryLines), `${entries.length} of ${total} entries`].join("\n");
}

function entryLines({ sequence, unixMs, events }: TimelineEntry): string[] {
  return events.flatMap((event, index) => {
    const head = index === 0 ? `#${String(sequence).padEnd(6)} ${moment(unixMs)}` : " ".repeat(31);
    return describeEvent(event).map((line, row) => `${row === 0 ? head : " ".repeat(31)}  ${line}`);
  });
}

/** What happened, who did it and why; the records that decided below it. */
function describeEvent(event: RolloutEvent): string[] {
  switch (event.type) {
    case "rollout-started":
      return [
        `started ${event.candidate.version} (${event.candidate.commit}) with ${event.profile.id} ${by(event)}`,
      ];
    case "session-opened":
      return [
        `taken up by a console${event.repairedBytes > 0 ? `; ${event.repairedBytes} bytes of a torn entry removed` : ""}`,
      ];
    case "check-recorded":
      return checkLines(event);
    case "phase-entered":
      return [
        `entered ${phaseLabels[event.phase]}: ${event.percent} % ${by(event)}`,
        ...(event.freezeOverride === null
          ? []
          : [`  inside the freeze window ${event.freezeOverride.window}: ${event.freezeOverride.reason}`]),
      ];
    case "trigger-fired":
      return [
        `trigger ${event.trigger} fired in check ${event.check}${event.primary ? ", it decides" : ""}`,
        ...event.findings.map(findingLine),
      ];
    case "blocked":
      return [`blocked by ${event.trigger}`];
    case "rollback-opened":
      return [`rollback opened in ${phaseLabels[event.phase]}: ${event.percent} % ${by(event)}`];
    case "rollout-completed":
      return [`completed ${by(event)}`];
    case "paused":
    case "resumed":
    case "aborted":
      return [`${event.type} ${by(event)}`];
    case "rebaselined":
      return [`new baseline of ${surfaceLabels[event.surface]} from check ${event.check} ${by(event)}`];
    case "effect-attempted":
      return [`hook ${event.effectId}: attempt ${event.attempt}`];
    case "effect-done":
      return [`hook ${event.effectId}: done at attempt ${event.attempt}`];
    case "effect-failed":
      return [
        `hook ${event.effectId}: attempt ${event.attempt} failed${event.final ? " for good" : ""}: ${event.detail}`,
      ];
    case "effect-retried":
      return [`hook ${event.effectId}: run again ${by(event)}`];
    case "clock-jumped":
      return [`the wall clock jumped by ${event.byMs} ms`];
    case "command-refused":
      return [`refused ${event.command} ${by(event)}: ${event.refusal.message}`];
  }
}

/** One sign for each status in a gate vector; one sign per surface in the order of the surfaces. */
const marks: Readonly<Record<CellStatus, string>> = {
  passed: "+",
  failed: "X",
  stale: "s",
  missing: "m",
  unreadable: "u",
  "no-samples": "0",
};

function checkLines(event: Extract<RolloutEvent, { type: "check-recorded" }>): string[] {
  const { check, trigger, verdicts, findings, soak } = event;
  const vector = verdicts.map(
    ({ rule, statuses }) => `${rule}=${statuses.map((status) => marks[status]).join("")}`,
  );
  return [
    `check ${check} (${trigger}): soak ${soak.outcome}, ${describeSpan(soak.creditedMs)} proven`,
    `  ${vector.join(" ")}`,
    ...findings.map(findingLine),
  ];
}

function findingLine({ rule, surface, status, observed, record }: Finding): string {
  const where = surface === null ? "" : ` ${surfaceLabels[surface]}`;
  return `  ${rule}${where} ${status}: ${observed}${record === null ? "" : `  ${place(record)}`}`;
}

function by({ by: actor, reason }: { readonly by: Actor; readonly reason: string }): string {
  return `by ${actor.name}: ${reason}`;
}
