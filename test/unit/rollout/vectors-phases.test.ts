import { describe, expect, test, vi } from "vitest";
import type { Observation } from "#contract/rollout/observation";
import type { PhaseId } from "#contract/rollout/vocabulary";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import { obstaclesTo } from "#domain/rollout/obstacles";
import { completeChecklist, withSample } from "../../support/rollout/observation";
import { Story } from "../../support/rollout/story";

// Thousands of decisions: seconds of a processor that may be shared.
vi.setConfig({ testTimeout: 240_000 });

const minute = 60_000;
const contract = builtInProfiles.find(({ id }) => id === "default");
const queueOf = (observation: Observation, queueDepth: number): Observation => ({
  ...observation,
  surfaces: observation.surfaces.map((sample) => ({ ...sample, queueDepth })),
});
const countsOf = (observation: Observation, counts: Record<string, number>): Observation =>
  withSample(observation, "custom-command", { counts });

/** A rollout by the contract, entered into a phase; its first passing check there is taken at once (t0). */
function enter(phase: PhaseId, change: (observation: Observation) => Observation = (same) => same): Story {
  const story = new Story(contract);
  story.reach(phase).wait(1_000).check(change);
  return story;
}

/** Checks at the contract's interval up to a moment after t0. */
function soakFor(
  story: Story,
  milliseconds: number,
  change: (observation: Observation) => Observation,
): void {
  let left = milliseconds;
  for (; left >= 5 * minute; left -= 5 * minute) story.wait(5 * minute).check(change);
  if (left > 0) story.wait(left).check(change);
}

const same = (observation: Observation): Observation => observation;

describe("test vectors of spec/tau/rollout.md §8", () => {
  const queueOne = (observation: Observation): Observation => queueOf(observation, 1);
  test.each([
    { vector: 1, after: 30 * minute, promotable: null },
    { vector: 2, after: 30 * minute - 1_000, promotable: "soak-incomplete" },
  ])("vector $vector: all healthy, queue 1, $after ms after t0", ({ after, promotable }) => {
    const story = enter("canary-1", queueOne);
    soakFor(story, after, queueOne);
    expect(obstaclesTo(story.state, "promote", story.now)?.code ?? null).toBe(promotable);
    expect(story.command("promote").refusal?.code ?? null).toBe(promotable);
    expect(story.state.status).toBe(promotable === null ? "canary-2" : "canary-1");
  });

  test.each<{ vector: string; spoil: (observation: Observation) => Observation; gate: string }>([
    {
      vector: "3",
      spoil: (observation) => withSample(observation, "voice", { queueDepth: 2 }),
      gate: "G7",
    },
    {
      vector: "6",
      spoil: (observation) => withSample(observation, "dashboard", { healthState: "degraded" }),
      gate: "G4",
    },
  ])("vector $vector: $gate false without a trigger restarts the soak", ({ spoil, gate }) => {
    const story = enter("canary-1");
    soakFor(story, 20 * minute, same);
    expect(story.state.soak.creditedMs).toBe(20 * minute);
    story.wait(5 * minute).check(spoil);
    expect(story.state.lastCheck?.findings.map(({ rule }) => rule)).toContain(gate);
    expect(story.state).toMatchObject({
      status: "canary-1",
      triggers: [],
      soak: { creditedMs: 0, countingFrom: null },
    });
    soakFor(story, 30 * minute, same);
    expect(story.command("promote").refusal?.code).toBe("soak-incomplete");
    story.wait(5 * minute).check();
    expect(story.command("promote").refusal).toBeNull();
  });

  test("vector 5: memory failed a cycle: T3 at once, nothing credited", () => {
    const story = enter("canary-1");
    story.wait(5 * minute).check((observation) =>
      withSample(observation, "memory", {
        healthState: "degraded",
        failureStreak: 1,
        lastCycleFailed: 1,
        counts: { case_processing_failed: 1 },
      }),
    );
    expect(story.state).toMatchObject({ status: "rolling_back", percent: 0, rollback: { trigger: "T3" } });
    expect(story.state.soak.creditedMs).toBe(0);
  });

  test("vector 7: degraded in checks k and k+1: T1", () => {
    const degraded = (observation: Observation): Observation =>
      withSample(observation, "dashboard", { healthState: "degraded" });
    const story = enter("canary-1", degraded);
    expect(story.state.triggers).toEqual([]);
    story.wait(5 * minute).check(degraded);
    expect(story.state).toMatchObject({ status: "rolling_back", rollback: { trigger: "T1" } });
  });

  test("vector 16: a retry since canary-3 entry: G11 false, no trigger", () => {
    const story = enter("canary-3");
    story.wait(5 * minute).check((observation) => countsOf(observation, { retry_attempted: 1 }));
    expect(story.state).toMatchObject({ status: "canary-3", triggers: [], soak: { creditedMs: 0 } });
    expect(story.state.lastCheck?.findings.map(({ rule, surface }) => `${rule} ${surface}`)).toEqual([
      "G11 custom-command",
    ]);
  });

  test("vector 17: a retry during canary-2 and none in canary-3: G11 true", () => {
    const once = (observation: Observation): Observation => countsOf(observation, { retry_attempted: 1 });
    const story = enter("canary-2", once);
    soakFor(story, 60 * minute, once);
    expect(story.command("promote").refusal).toBeNull();
    soakFor(story, 125 * minute, once);
    expect(story.state.lastCheck?.findings).toEqual([]);
    expect(story.command("promote").refusal).toBeNull();
    expect(story.state.status).toBe("general-availability");
  });

  test("vector 22: general availability 24 h clean, checklist 15 of 16: not complete", () => {
    const full = completeChecklist();
    const items = full.items.map((item, index) => (index === 7 ? { ...item, checked: false } : item));
    const unsigned = (observation: Observation): Observation => ({
      ...observation,
      checklist: { ...full, items },
    });
    const story = enter("general-availability", unsigned);
    soakFor(story, 24 * 60 * minute, unsigned);
    expect(story.state.soak.creditedMs).toBe(24 * 60 * minute);
    const refused = story.command("promote").refusal;
    expect(refused).toMatchObject({ code: "gates-hold", message: expect.stringContaining("G12") });
    expect(story.state.status).toBe("general-availability");
    story.wait(5 * minute).check();
    expect(story.command("promote").refusal).toBeNull();
    expect(story.state.status).toBe("complete");
  });
});
