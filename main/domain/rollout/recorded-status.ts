import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { CheckRecord } from "#contract/rollout/journal";
import type { CellStatus, RuleId } from "#contract/rollout/vocabulary";

/** What a recorded check said of a rule and surface (null: the release); `no-samples` where it said nothing. */
export function recordedStatus(
  { verdicts }: Pick<CheckRecord, "verdicts">,
  rule: RuleId,
  surface: SurfaceId | null,
): CellStatus {
  const statuses = verdicts.find((verdict) => verdict.rule === rule)?.statuses ?? [];
  if ((surface === null) !== (statuses.length === 1)) return "no-samples";
  return statuses[surface === null ? 0 : surfaceIds.indexOf(surface)] ?? "no-samples";
}
