import { BridgeError } from "#contract/envelope";
import type { CheckRecord, RolloutEvent, TimelineEntry } from "#contract/rollout/journal";
import type { ParsedInput, RequestOutput } from "#contract/requests";
import { evolve } from "#domain/rollout/evolve";
import { explainCell } from "#domain/rollout/explain";
import type { RolloutState } from "#domain/rollout/state";

type CheckEvent = Extract<RolloutEvent, { type: "check-recorded" }>;

/** A check and the state it was judged in. */
export interface JudgedCheck {
  readonly state: RolloutState;
  readonly check: CheckRecord;
}

/** Every check of these events with the state it was judged in, oldest first; `before` is the state before the first event. */
export function* checksIn(
  events: Iterable<RolloutEvent>,
  before: RolloutState | null = null,
): Generator<JudgedCheck> {
  let state = before;
  for (const event of events) {
    if (event.type === "check-recorded" && state !== null) yield { state, check: event };
    state = evolve(state, event);
  }
}

/** Why one rule said what it said in one check (null: the newest). Throws `not_found` where there is no such check. */
export function evidenceOf(
  events: Iterable<RolloutEvent>,
  { rolloutId, check, rule, surface }: ParsedInput<"rollout.evidence">,
): RequestOutput<"rollout.evidence"> {
  let found: JudgedCheck | null = null;
  for (const judged of checksIn(events)) {
    if (check !== null && judged.check.check !== check) continue;
    found = judged;
    if (check !== null) break;
  }
  if (found === null)
    throw new BridgeError(
      "not_found",
      check === null
        ? `No check of rollout ${rolloutId} has been taken yet.`
        : `Rollout ${rolloutId} has no check ${check}.`,
    );
  return explainCell(found.state, found.check, rule, surface);
}

/** A page of a journal, newest entry first; `entries` oldest first. */
export function timelinePage(
  entries: readonly TimelineEntry[],
  { beforeSequence, limit, notableOnly }: Omit<ParsedInput<"rollout.timeline">, "rolloutId">,
): RequestOutput<"rollout.timeline"> {
  const shown = notableOnly ? notableEntries(entries) : entries;
  const before = shown.filter(({ sequence }) => beforeSequence === null || sequence < beforeSequence);
  return { total: shown.length, entries: before.slice(-limit).toReversed() };
}

/** Entries that tell more than that a check found everything as the check before did. */
function notableEntries(entries: readonly TimelineEntry[]): TimelineEntry[] {
  let known = "";
  return entries.filter(({ events }) => {
    const before = known;
    for (const event of events) if (event.type === "check-recorded") known = findingOf(event);
    return events.some(({ type }) => type !== "check-recorded") || known !== before;
  });
}

function findingOf({ verdicts, soak }: CheckEvent): string {
  return JSON.stringify([verdicts, soak.outcome]);
}
