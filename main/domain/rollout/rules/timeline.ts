import type { SurfaceSample, TimelineStep } from "#contract/rollout/observation";
import { trimText } from "../../text";
import { releaseRule, sampleOf, wholeFile, type Reason } from "./cell";
import { sourceReason } from "./sample-evidence";

const expected = "every step: replay_step=success, status_code below 400, no error_code";

/** A step that did what it should (spec/tau/rollout.md §3 G9; §7 row 7: the seed's "non-ok"). */
const isGood = ({ replayStep, statusCode, errorCode }: TimelineStep): boolean =>
  replayStep === "success" && statusCode < 400 && trimText(errorCode) === "";

/** Why a browser's summary is no evidence at all: it is missing, or cannot be parsed; null when it is. */
function summaryReason(sample: SurfaceSample): Reason | null {
  const noSource = sourceReason(sample);
  if (noSource !== null || sample.timeline !== null) return noSource;
  return {
    status: "missing",
    title: "Browser: there is no timeline to read",
    expected: `${sample.path} with the timeline of the last live run`,
    observed: "no timeline",
    remedy: "Run the browser live run; it writes its summary when it ends.",
    record: wholeFile(sample.path),
  };
}

/** Why the browser's last run is evidence against the candidate, one reason for each bad step or for the summary. */
export function browserFailures(sample: SurfaceSample): Reason[] {
  const noSummary = summaryReason(sample);
  if (noSummary !== null) return [noSummary];
  return (sample.timeline ?? [])
    .filter((step) => !isGood(step))
    .map((step) => ({
      status: "failed",
      title: `Browser: step ${step.caseId} failed`,
      expected,
      observed: `replay_step=${step.replayStep} status_code=${step.statusCode} error_code=${trimText(step.errorCode) === "" ? "none" : step.errorCode}`,
      remedy: "Mend the page or the executor, and run the browser live run again until this step succeeds.",
      record: step.record,
    }));
}

/** G9: no step of the browser's timeline failed (seed 003, canary-2). A timeline without a step proves nothing. */
export const timelineRule = releaseRule("G9", ({ observation }) => {
  const sample = sampleOf(observation, "browser-automation");
  const record = sample.record ?? wholeFile(sample.path);
  const steps = sample.timeline?.length ?? 0;
  const observed = `${steps} ${steps === 1 ? "step" : "steps"}, all succeeded`;
  const reasons = browserFailures(sample);
  if (reasons.length > 0 || steps > 0) return { expected, observed, record, reasons };
  const noSteps: Reason = {
    status: "no-samples",
    title: "Browser: the timeline has no step",
    expected,
    observed: "0 steps",
    remedy: "Run the browser live run with at least one case.",
    record,
  };
  return { expected, observed: noSteps.observed, record, reasons: [noSteps] };
});
