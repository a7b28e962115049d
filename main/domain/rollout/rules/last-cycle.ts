import { figureRule } from "./figure-rule";

/** G6: the last cycle of every surface had no failed case; the seed's `false` is 0 (spec/tau/rollout.md §3, §7 row 4). */
export const lastCycleRule = figureRule("G6", {
  expected: "last_cycle_failed=0",
  title: "the last cycle had failed cases",
  remedy: "Look at the failed cases of the last cycle, mend them and run a cycle without one.",
  holds: ({ lastCycleFailed }) => lastCycleFailed === 0,
  observed: ({ lastCycleFailed }) => `last_cycle_failed=${lastCycleFailed}`,
});
