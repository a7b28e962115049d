import type { RolloutEvent } from "#contract/rollout/journal";
import type { Instant } from "#contract/rollout/observation";
import type { RolloutProfile } from "#contract/rollout/profile";
import type { PhaseId, RuleId } from "#contract/rollout/vocabulary";

type Check = Extract<RolloutEvent, { type: "check-recorded" }>;

/**
 * What is wrong with a journal, one line each: promotions that the recorded evidence does not prove, events after the
 * end that go on, effects done twice. It reads verdicts and moments of observations, never the credit the engine wrote.
 */
export function auditJournal(profile: RolloutProfile, events: readonly RolloutEvent[]): string[] {
  const problems: string[] = [];
  let phase: PhaseId = "preflight";
  let percent = 0;
  let running = true;
  let paused = false;
  let triggered = false;
  let provenMs = 0;
  let from: Instant | null = null;
  let last: Check | null = null;
  let hookDue: string | null = null;
  const done = new Map<string, number>();
  const current = (): RolloutProfile["phases"][number] => {
    const found = profile.phases.find(({ id }) => id === phase);
    if (found === undefined) throw new Error(`no phase ${phase}`);
    return found;
  };
  const standing = (): RuleId[] =>
    phase === "preflight" ? ["R-PAUSE", "R-HOOK"] : ["R-STALE", "R-PAUSE", "R-BASELINE", "R-HOOK"];
  const holding = (check: Check): RuleId[] =>
    [...current().gates, ...standing()].filter(
      (rule) =>
        !check.verdicts.some(
          (verdict) => verdict.rule === rule && verdict.statuses.every((s) => s === "passed"),
        ),
    );
  const prove = (what: string): void => {
    if (!running) problems.push(`${what} after the end`);
    if (triggered) problems.push(`${what} after a trigger`);
    if (paused) problems.push(`${what} while paused`);
    if (hookDue !== null) problems.push(`${what} before the hook is done`);
    if (provenMs < current().minimumSoakMs) problems.push(`${what} on ${provenMs} ms of evidence`);
    if (last === null) problems.push(`${what} without a check`);
    else if (holding(last).length > 0) problems.push(`${what} against ${holding(last).join()}`);
  };
  for (const event of events) {
    switch (event.type) {
      case "check-recorded": {
        if (!running) problems.push(`check ${event.check} after the end`);
        last = event;
        const rules = holding(event).filter((rule) => rule !== "G12");
        const against = event.verdicts.some(
          ({ rule, statuses }) =>
            rule !== "G12" && current().gates.some((gate) => gate === rule) && statuses.includes("failed"),
        );
        const { at } = event.observation;
        if (against) provenMs = 0;
        if (rules.length > 0 || paused) from = null;
        else {
          if (from !== null && from.session === at.session)
            provenMs += Math.min(at.monotonicMs - from.monotonicMs, 2 * profile.checkIntervalMs);
          from = at;
        }
        break;
      }
      case "phase-entered":
        prove(`entry of ${event.phase}`);
        if (event.percent <= percent) problems.push(`entry of ${event.phase} raises no percent`);
        ({ phase, percent } = event);
        hookDue = event.effectId;
        provenMs = 0;
        from = null;
        last = null;
        break;
      case "rollout-completed":
        prove("completion");
        running = false;
        break;
      case "paused":
        paused = true;
        from = null;
        break;
      case "resumed":
        paused = false;
        from = null;
        break;
      case "session-opened":
        from = null;
        break;
      case "trigger-fired":
        triggered = true;
        break;
      case "blocked":
      case "aborted":
        running = false;
        break;
      case "rollback-opened":
        running = false;
        percent = 0;
        if (event.percent !== 0) problems.push("a rollback that leaves a percent");
        break;
      case "effect-done":
        done.set(event.effectId, (done.get(event.effectId) ?? 0) + 1);
        if (hookDue === event.effectId) hookDue = null;
        break;
      case "rollout-started":
      case "rebaselined":
      case "effect-attempted":
      case "effect-failed":
      case "effect-retried":
      case "clock-jumped":
      case "command-refused":
        break;
    }
  }
  for (const [effectId, times] of done) if (times > 1) problems.push(`${effectId} done ${times} times`);
  return problems;
}
