import type { BrowserLiveSummary } from "#contract/reading";
import type { SurfaceSample, TimelineStep } from "#contract/rollout/observation";
import { countedCodes } from "../../fold/reason-code-sets";
import { parseLiveSummary } from "../../reading/live-summary";
import { documentSpan, elementSpans, memberSpan, TextPlaces, type JsonSpan } from "./json-place";
import { emptySample, type LogEvidence } from "./sample-parts";
import { documentRecord, unreadable, withoutText, type Source } from "./source";

const surface = "browser-automation";

/**
 * Codes of one live run: by its figures, once each (spec/tau/rollout.md §1, browser column), and those it reports itself
 * (spec/tau/live-run.md §4), which the rules of a profile may name.
 */
export function codesOfLiveRun(run: {
  readonly retryableFailures: number;
  readonly malformed: number;
  readonly reasonCodes: readonly string[];
}): string[] {
  const derived = [
    ...(run.retryableFailures > 0 ? ["case_processing_failed", "retryable_failures_observed"] : []),
    ...(run.malformed > 0 ? ["malformed_inputs_observed"] : []),
  ];
  return [...new Set([...derived, ...countedCodes(run.reasonCodes)])];
}

/**
 * Sample of browser automation: the live run's summary, and its log where there is one (spec/tau/rollout.md §1). The
 * summary has no time of its own, so its file's modification time counts; and no streak, so checks are counted instead.
 * Without a log the counts are those of the one run the summary is of.
 */
export function browserSample(source: Source, log: LogEvidence): SurfaceSample {
  if (source.kind !== "text") return emptySample(surface, withoutText(source), log);
  const parsed = parseLiveSummary(source.text);
  if (!parsed.ok) return emptySample(surface, unreadable(source.path, parsed.problem), log);
  const summary = parsed.facts;
  const places = new TextPlaces(source.path, source.text);
  const counted = log.log === null ? countedFromSummary(summary) : log;
  return {
    ...emptySample(surface, { status: "ok", problem: "", path: source.path }, log),
    healthState: summary.health_state,
    rolloutGate: summary.health_state === "healthy" ? "pass" : "hold",
    lastCycleFailed: summary.retryable_failures,
    updatedUnixMs: source.modifiedUnixMs,
    record: documentRecord(source.path, source.text),
    cycles: counted.cycles,
    counts: { ...counted.counts },
    timeline: timelineOf(summary, source.text, places),
  };
}

function countedFromSummary(summary: BrowserLiveSummary): Pick<LogEvidence, "cycles" | "counts"> {
  const codes = codesOfLiveRun({
    retryableFailures: summary.retryable_failures,
    malformed: summary.malformed_cases,
    reasonCodes: summary.reason_codes,
  });
  return { cycles: 1, counts: Object.fromEntries(codes.map((code) => [code, 1])) };
}

function timelineOf(summary: BrowserLiveSummary, text: string, places: TextPlaces): TimelineStep[] {
  const list = memberSpan(text, documentSpan(text), "timeline");
  const spans: readonly JsonSpan[] = list === null ? [] : elementSpans(text, list);
  return summary.timeline.flatMap((entry, at) => {
    const span = spans[at];
    if (span === undefined) return [];
    return {
      caseId: entry.case_id,
      replayStep: entry.replay_step,
      statusCode: entry.status_code,
      errorCode: entry.error_code,
      record: places.record(span),
    };
  });
}
