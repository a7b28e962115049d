import { surfaceLabels } from "#contract/identity";
import { wholeFile } from "../rules/cell";
import { describeStreak, streakOf } from "../rules/failure-streak";
import { surfaceTrigger } from "./trigger";

const threshold = 3;

/** T2: a surface's failure streak is 3 or more, also in an old sample (seed 003; spec/tau/rollout.md §4). */
export const streakBreachTrigger = surfaceTrigger("T2", (sample, context) => {
  if (streakOf(sample, context) < threshold) return [];
  return [
    {
      status: "failed",
      title: `${surfaceLabels[sample.surface]}: ${streakOf(sample, context)} failed cycles in a row`,
      expected: `failure_streak below ${threshold}`,
      observed: describeStreak(sample, context),
      remedy: "Roll back; mend what makes every cycle fail and start a new rollout.",
      record: sample.record ?? wholeFile(sample.path),
    },
  ];
});
