import { figureRule } from "./figure-rule";

/** Cases a cycle may leave behind (seed 003, canary-1). */
const maximumQueueDepth = 1;

/** G7: no surface leaves more than one case behind. The figure is the last cycle's backlog, not a live queue (spec/tau/rollout.md §7 row 22). */
export const queueRule = figureRule("G7", {
  expected: `queue_depth at most ${maximumQueueDepth}`,
  title: "the last cycle left cases behind",
  remedy:
    "Raise the surface's queue limit or give it fewer cases, then run a cycle that leaves at most one behind.",
  holds: ({ queueDepth }) => queueDepth <= maximumQueueDepth,
  observed: ({ queueDepth }) => `queue_depth=${queueDepth}`,
});
