import { surfaceLabels } from "#contract/identity";
import { isReset } from "../baseline";
import { surfaceRule, wholeFile, type Reason } from "./cell";
import { logPathOf } from "./sample-evidence";

const countedLines = (lines: number): string => (lines === 1 ? "1 line" : `${lines} lines`);

/**
 * R-BASELINE: the log of every surface is still the one its baselines were taken from (spec/tau/rollout.md §7 row 11).
 * A log that is gone since, or cannot be read, is told as that.
 */
export const logBaselineRule = surfaceRule("R-BASELINE", (sample, { state: { baselines } }) => {
  const { surface, log } = sample;
  const path = logPathOf(sample);
  const taken = [baselines.canary1, baselines.canary3, baselines.phase].flatMap((baseline) =>
    baseline === null ? [] : [baseline.surfaces[surface]],
  );
  const broken = taken.find((baseline) => isReset(sample, baseline));
  const expected = `${path} as the baseline found it, with lines only added`;
  const observed = log === null ? "no log" : countedLines(log.lines);
  const record = wholeFile(path);
  const reasons: Reason[] = [];
  if (log !== null && log.problem !== "" && taken.length > 0)
    reasons.push({
      status: "unreadable",
      title: `${surfaceLabels[surface]}: its log cannot be compared with its baseline`,
      expected,
      observed: log.problem,
      remedy: `Find out what keeps ${path} from being read and mend it.`,
      record,
    });
  else if (broken !== undefined)
    reasons.push({
      status: log === null ? "missing" : "failed",
      title: `${surfaceLabels[surface]}: its log ${log === null ? "that its baseline was taken from is gone" : "is not the one its baseline was taken from"}`,
      expected: `${path} as the baseline found it: at least ${countedLines(broken.lines)}, the same first line, no count less`,
      observed:
        log === null
          ? `${path} does not exist`
          : `${countedLines(log.lines)}, first line ${log.identity === broken.logIdentity ? "unchanged" : "another"}`,
      remedy:
        log === null
          ? `Bring ${path} back as it was.`
          : "If the log was renewed on purpose, rebaseline the surface; every occurrence in it counts as new until then.",
      record,
    });
  return { expected, observed, record, reasons };
});
