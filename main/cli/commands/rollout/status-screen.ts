import { surfaceLabels } from "#contract/identity";
import type { RecordReference } from "#contract/reading";
import type { Finding } from "#contract/rollout/verdict";
import type { RolloutView } from "#contract/rollout/view";
import { phaseLabels, type RolloutStatus } from "#contract/rollout/vocabulary";
import { describeSpan } from "#domain/freshness";
import { labelled, moment, table } from "./layout";

/**
 * One rollout as a screen of plain text: where it stands, what holds it with the record that decided, and what decides
 * next. `answeredBy` says who was asked.
 */
export function statusScreen(view: RolloutView, answeredBy: string): string {
  return [
    ...(view.rehearsal ? ["REHEARSAL: this proves the procedure, not the release", ""] : []),
    ...heading(view),
    "",
    ...phaseTable(view),
    "",
    ...soakLines(view),
    ...labelled("Rules", rulesLine(view)),
    ...view.findings.flatMap(findingLines),
    ...triggerLines(view),
    ...hookLines(view),
    ...rollbackLines(view),
    ...journalLines(view),
    ...labelled("Last check", lastCheckLine(view)),
    ...labelled("Next", view.nextDecision),
    ...labelled("Asked", answeredBy),
  ].join("\n");
}

/** A rollout's status in words: its phase while it runs. */
export function statusWords(status: RolloutStatus): string {
  return status in phaseLabels
    ? phaseLabels[status as keyof typeof phaseLabels]
    : status.replaceAll("_", " ");
}

function heading(view: RolloutView): string[] {
  const { candidate, paused, ending } = view;
  const standing = [
    statusWords(view.status),
    ...(view.ended && view.status !== "complete" ? [`ended in ${phaseLabels[view.phase]}`] : []),
    ...(paused === null ? [] : ["paused"]),
  ].join(", ");
  return [
    ...labelled("Rollout", `${view.rolloutId}   revision ${view.revision}`),
    ...labelled(
      "Candidate",
      `${candidate.version} (${candidate.commit})   created ${moment(candidate.createdUnixMs)}`,
    ),
    ...labelled("Profile", `${view.profileId}: ${view.profileTitle}`),
    ...labelled("Status", `${standing}   ${view.percent} % declared`),
    ...labelled("Started", `${moment(view.startedUnixMs)} by ${view.startedBy.name}: ${view.startReason}`),
    ...(paused === null
      ? []
      : labelled("Paused", `${moment(paused.sinceUnixMs)} by ${paused.by.name}: ${paused.reason}`)),
    ...(ending === null
      ? []
      : labelled("Ended", `${momentOrNever(view.endedUnixMs)} by ${ending.by.name}: ${ending.reason}`)),
  ];
}

function phaseTable(view: RolloutView): string[] {
  return table(
    ["", "Phase", "Percent", "Soak", "Waiting", "Soaking", "Held", "Entered"],
    view.phases.map((phase) => [
      { passed: "done", current: "now", ended: "ended", ahead: "" }[phase.state],
      phaseLabels[phase.id],
      `${phase.percent} %`,
      phase.requiredMs === 0 ? "-" : `${describeSpan(phase.creditedMs)} of ${describeSpan(phase.requiredMs)}`,
      ...(phase.state === "ahead"
        ? ["", "", ""]
        : [phase.durations.waitingMs, phase.durations.soakingMs, phase.durations.heldMs].map(describeSpan)),
      phase.enteredUnixMs === null ? "" : moment(phase.enteredUnixMs),
    ]),
  );
}

function soakLines({ soak }: RolloutView): string[] {
  if (soak.requiredMs === 0) return [];
  const proven = `${describeSpan(soak.creditedMs)} of ${describeSpan(soak.requiredMs)} proven`;
  const left = soak.complete ? "complete" : `${describeSpan(soak.remainingMs)} left`;
  const counting = soak.counting ? `, counting since ${momentOrNever(soak.countingSinceUnixMs)}` : "";
  return [
    ...labelled("Soak", `${proven}, ${left}${counting}`),
    ...soak.stoppedBy.flatMap((reason) => labelled("  stands still", reason)),
  ];
}

function rulesLine(view: RolloutView): string {
  const demanded = new Set(view.rules.filter((rule) => rule.demanded).map(({ rule }) => rule));
  if (view.lastCheck?.ofPhase !== true) return "no check in this phase yet";
  const holding = new Set(
    view.cells
      .filter(({ rule, status }) => demanded.has(rule) && status !== "passed")
      .map(({ rule }) => rule),
  );
  return `${demanded.size - holding.size} of ${demanded.size} demanded ones pass`;
}

function findingLines(finding: Finding): string[] {
  const { rule, surface, status, title, expected, observed, remedy, record } = finding;
  const where = surface === null ? "release" : surfaceLabels[surface];
  return [
    `  HOLDS  ${rule}  ${title}  [${where}, ${status}]`,
    `           expected  ${expected}`,
    `           observed  ${observed}`,
    `           to pass   ${remedy}`,
    ...(record === null ? [] : [`           record    ${place(record)}`]),
  ];
}

/** Where a record stands, as `path:line:byte offset`. */
export function place({ path, line, byteOffset }: RecordReference): string {
  return [path, ...(line === null ? [] : [line]), ...(byteOffset === null ? [] : [byteOffset])].join(":");
}

function triggerLines({ triggers }: RolloutView): string[] {
  const fired = triggers.filter(({ state }) => state === "fired");
  const waiting = triggers.filter(({ state }) => state === "not-evaluated").map(({ trigger }) => trigger);
  if (fired.length === 0)
    return labelled(
      "Triggers",
      `none fired${waiting.length === 0 ? "" : `; not evaluated: ${waiting.join(", ")}`}`,
    );
  return [
    ...labelled("Triggers", `${fired.length} fired`),
    ...fired.flatMap((trigger) => [
      `  FIRED  ${trigger.trigger}  ${trigger.title}  [check ${trigger.check}, ${momentOrNever(trigger.firedUnixMs)}${trigger.primary ? ", decided" : ""}]`,
      `           threshold ${trigger.threshold}`,
      `           action    ${trigger.action}`,
      ...trigger.findings.flatMap(({ surface, observed, record }) => [
        `           observed  ${surface === null ? "" : `${surfaceLabels[surface]}: `}${observed}`,
        ...(record === null ? [] : [`           record    ${place(record)}`]),
      ]),
    ]),
  ];
}

function hookLines({ effects }: RolloutView): string[] {
  const newest = effects.at(-1);
  if (newest === undefined) return [];
  const { percent, purpose, state, attempt, attempts, detail } = newest;
  return labelled(
    "Hook",
    `${percent} % for ${purpose}: ${state}, attempt ${attempt} of ${attempts}${detail === "" ? "" : `; ${detail}`}`,
  );
}

function rollbackLines({ rollback }: RolloutView): string[] {
  if (rollback === null) return [];
  return [
    ...labelled(
      "Rollback",
      `opened ${moment(rollback.openedUnixMs)} by ${rollback.trigger ?? "an operator"}`,
    ),
    ...rollback.steps.flatMap(({ step, title, instruction, state }) => [
      `  ${state.padEnd(5)}  ${step}. ${title}`,
      ...instruction
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => `           ${line}`),
    ]),
  ];
}

function journalLines({ journal, clockJumps }: RolloutView): string[] {
  return [
    ...(journal.problem === ""
      ? []
      : labelled(
          "Journal",
          `${journal.problem}${journal.record === null ? "" : ` at ${place(journal.record)}`}`,
        )),
    ...(clockJumps === 0 ? [] : labelled("Clock", `the wall clock jumped ${clockJumps} times`)),
  ];
}

function lastCheckLine({ lastCheck, checks, nextCheckUnixMs }: RolloutView): string {
  const next = nextCheckUnixMs === null ? "none scheduled" : `next ${moment(nextCheckUnixMs)}`;
  if (lastCheck === null) return `none yet; ${next}`;
  const { check, trigger, unixMs, soak } = lastCheck;
  return `${check} of ${checks}, ${trigger}, ${moment(unixMs)}, soak ${soak.outcome}; ${next}`;
}

function momentOrNever(unixMs: number | null): string {
  return unixMs === null ? "never" : moment(unixMs);
}
