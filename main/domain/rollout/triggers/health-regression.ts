import { surfaceLabels } from "#contract/identity";
import { wholeFile } from "../rules/cell";
import { surfaceTrigger } from "./trigger";
import { isCounted } from "./unhealthy-checks";

const threshold = 2;

/**
 * T1: a surface was degraded or failing in two checks in a row (seed 003; spec/tau/rollout.md §4, §7 rows 1 to 3). The
 * newest of them is the record: were it healthy, the row would be broken.
 */
export const healthRegressionTrigger = surfaceTrigger(
  "T1",
  (sample, { state, observation, unhealthyChecks }) => {
    const { surface, status, problem, healthState, sameSnapshot } = sample;
    const checks = unhealthyChecks[surface];
    if (!isCounted(sample, state, observation) || checks < threshold) return [];
    const seen = status === "ok" ? `health_state=${healthState}` : problem || `${sample.path} ${status}`;
    return [
      {
        status: status === "ok" ? "failed" : status,
        title: `${surfaceLabels[surface]}: unhealthy in ${checks} checks in a row`,
        expected: `never unhealthy in ${threshold} checks in a row`,
        observed: `${seen}, ${checks} checks in a row${sameSnapshot ? " (the same snapshot again)" : ""}`,
        remedy:
          "A healthy check in time would have broken the row; now roll back, mend the surface and start anew.",
        record: sample.record ?? wholeFile(sample.path),
      },
    ];
  },
);
