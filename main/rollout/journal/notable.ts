import type { CheckRecord, RolloutEvent } from "#contract/rollout/journal";

/**
 * Whether an entry tells more than that everything went on as it was. A check that says what the check before it said
 * does not, unless evidence was lost by it; everything else does.
 */
export function isNotable(events: readonly RolloutEvent[], lastCheck: CheckRecord | null): boolean {
  const [event] = events;
  if (events.length !== 1 || event?.type !== "check-recorded" || lastCheck === null) return true;
  const lost = event.soak.outcome === "restarted" && lastCheck.soak.outcome !== "restarted";
  return lost || !sameVerdicts(event, lastCheck) || !sameFindings(event, lastCheck);
}

function sameVerdicts(check: CheckRecord, before: CheckRecord): boolean {
  return (
    check.verdicts.length === before.verdicts.length &&
    check.verdicts.every(({ rule, statuses }, index) => {
      const other = before.verdicts[index];
      return (
        other?.rule === rule &&
        other.statuses.length === statuses.length &&
        statuses.every((status, place) => other.statuses[place] === status)
      );
    })
  );
}

function sameFindings(check: CheckRecord, before: CheckRecord): boolean {
  return (
    check.findings.length === before.findings.length &&
    check.findings.every((finding, index) => {
      const other = before.findings[index];
      return (
        other?.rule === finding.rule && other.surface === finding.surface && other.status === finding.status
      );
    })
  );
}
