import type { RunView } from "#contract/driver";
import type { SurfaceReading } from "#contract/reading";
import type { TroubleshootingEntry } from "#contract/view";
import { troubleshootingRows } from "./tables";

/** Every row of the surface's tables, with what is observed now where it matches. Rows keep their order. */
export function matchTroubleshooting(
  reading: SurfaceReading,
  lastRun: RunView | null,
): TroubleshootingEntry[] {
  return troubleshootingRows(reading.surface).map(({ id, symptom, action, source, appearsIn }) => {
    const evidence = appearsIn({ reading, lastRun });
    return {
      id: `${reading.surface}.${id}`,
      surface: reading.surface,
      symptom,
      action,
      source,
      matched: evidence !== null,
      observed: evidence?.observed ?? "",
      record: evidence?.record ?? null,
    };
  });
}
