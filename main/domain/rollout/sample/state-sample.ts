import type { SurfaceId } from "#contract/identity";
import type { SurfaceSample } from "#contract/rollout/observation";
import { classifyHealth } from "../../health";
import { parseStateFile } from "../../reading/state-file";
import { documentSpan, memberSpan, TextPlaces } from "./json-place";
import { emptySample, type LogEvidence } from "./sample-parts";
import { unreadable, withoutText, type Source } from "./source";

/**
 * Sample of a surface with a `state.json` (spec/tau/rollout.md §1; health decided by the state file alone, §8 vector
 * 26). A file that cannot be used counts as failing (§7 row 2); the log is told as it is, whatever the state file says.
 */
export function stateSample(
  surface: Exclude<SurfaceId, "browser-automation">,
  source: Source,
  log: LogEvidence,
): SurfaceSample {
  if (source.kind !== "text") return emptySample(surface, withoutText(source), log);
  const parsed = parseStateFile(source.text);
  if (!parsed.ok) return emptySample(surface, unreadable(source.path, parsed.problem), log);
  const { health } = parsed.facts;
  const { state } = classifyHealth(health);
  const span = memberSpan(source.text, documentSpan(source.text), "health");
  return {
    ...emptySample(surface, { status: "ok", problem: "", path: source.path }, log),
    healthState: state,
    rolloutGate: state === "healthy" ? "pass" : "hold",
    failureStreak: health.failure_streak,
    lastCycleFailed: health.last_cycle_failed,
    queueDepth: health.queue_depth,
    // 0 is what a file that does not say reads as.
    updatedUnixMs: health.updated_unix_ms === 0 ? null : health.updated_unix_ms,
    record: span === null ? null : new TextPlaces(source.path, source.text).record(span),
  };
}
