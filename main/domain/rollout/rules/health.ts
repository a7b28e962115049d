import { figureRule } from "./figure-rule";

/** G4: every surface is healthy (seed 003, canary-1; spec/tau/rollout.md §3 and §8 vector 26: the state file decides). */
export const healthRule = figureRule("G4", {
  expected: "health_state=healthy",
  title: "not healthy",
  remedy:
    "Find out why cases failed in the last cycle and run it again; one cycle without a failed case makes it healthy.",
  holds: ({ healthState }) => healthState === "healthy",
  observed: ({ healthState }) => `health_state=${healthState}`,
});
