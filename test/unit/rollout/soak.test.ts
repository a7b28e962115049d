import { describe, expect, test } from "vitest";
import { decide } from "#domain/rollout/decide";
import { checkInput, hook, shortProfile, Story } from "../../support/rollout/story";
import { healthyObservation, withSample } from "../../support/rollout/observation";
import { observationOf } from "../../support/rollout/acting";

const inCanary = (soakMs = 60_000): Story => new Story(shortProfile({}, soakMs)).reach("canary-1");
const credit = (story: Story): number => story.state.soak.creditedMs;

describe("evidence time", () => {
  test("counts from the first passing check on, and only between checks", () => {
    const story = inCanary().passes(1);
    expect(story.state.lastCheck?.soak).toEqual({ creditedMs: 0, addedMs: 0, outcome: "started" });
    story.passes(1);
    expect(story.state.lastCheck?.soak).toEqual({ creditedMs: 10_000, addedMs: 10_000, outcome: "counted" });
    story.wait(9_000);
    expect(credit(story)).toBe(10_000);
  });

  test("counts no more than two check intervals of a gap", () => {
    const story = inCanary().passes(1);
    story.wait(20_000).check();
    expect(credit(story)).toBe(20_000);
    story.wait(20_001).check();
    expect(credit(story)).toBe(40_000);
  });

  test.each<[string, (story: Story) => unknown]>([
    ["a pause", (story) => [story.command("pause"), story.wait(10_000).check(), story.command("resume")]],
    ["a stale feed", (story) => story.wait(10_000).check(() => observationOf("stale", story.now))],
    ["a restart after 20 minutes", (story) => story.wait(1_200_000).restart("console-2")],
    ["a restart on a clock set back", (story) => story.jump(-1_000).restart("console-2")],
    [
      "the dashboard's pause",
      (story) =>
        story.wait(10_000).check((seen) => ({ ...seen, control: { ...seen.control, mode: "paused" } })),
    ],
    [
      "a log that was replaced",
      (story) =>
        story.wait(10_000).check((seen) =>
          withSample(seen, "voice", {
            log: { path: "log", identity: "another", lines: 1, bytes: 9, problem: "" },
          }),
        ),
    ],
  ])("keeps what was counted over %s, adds nothing, and starts counting anew", (_, happens) => {
    const story = inCanary().passes(3);
    happens(story);
    expect(credit(story)).toBe(20_000);
    story.wait(5_000).check();
    expect(credit(story)).toBe(20_000);
  });

  test.each(["fail", "missing"] as const)("is void after a check that is %s", (kind) => {
    const story = inCanary().passes(3);
    story.wait(10_000).check(() => observationOf(kind, story.now));
    expect(story.state.lastCheck?.soak).toEqual({ creditedMs: 0, addedMs: 0, outcome: "restarted" });
    story.passes(1);
    expect(credit(story)).toBe(0);
  });

  test.each([7_200_000, -7_200_000])("neither counts nor loses anything by a clock moved %i ms", (byMs) => {
    const story = inCanary().passes(2);
    const entered = story.state.phaseEnteredUnixMs;
    story.jump(byMs).passes(1);
    expect(story.entries.at(-1)?.map(({ type }) => type)).toEqual(["clock-jumped", "check-recorded"]);
    expect(credit(story)).toBe(20_000);
    expect(story.state.phaseEnteredUnixMs).toBe(entered + byMs);
    expect(story.state.phases.at(-1)?.durations.soakingMs).toBe(20_000);
  });

  test("does not count what an observation begun before a pause saw", () => {
    const story = inCanary().passes(2);
    const early = healthyObservation(story.wait(1_000).now);
    story.wait(1_000).command("pause");
    story.wait(7_000).command("resume");
    story.wait(1_000).apply(checkInput(early));
    story.wait(5_000).check();
    expect(credit(story)).toBe(10_000 + 6_000);
  });

  test("does not count across two sessions even if nobody said that a new one began", () => {
    const story = inCanary().passes(2);
    const now = { ...story.now, unixMs: story.now.unixMs + 10_000, session: "console-2" };
    const later = { ...now, monotonicMs: now.monotonicMs + 10_000 };
    const decision = decide(story.state, checkInput(healthyObservation(later)), later);
    expect(decision.events).toMatchObject([
      { type: "check-recorded", soak: { creditedMs: 10_000, addedMs: 0, outcome: "started" } },
    ]);
  });

  test("counts up to what was seen, not up to when it was judged", () => {
    const story = inCanary().passes(2);
    const early = healthyObservation(story.wait(1_000).now);
    story.wait(4_000).command("promote");
    story.wait(1_000).apply(checkInput(early));
    expect(credit(story)).toBe(11_000);
  });

  test("waits for the hook, without losing what was counted", () => {
    const story = new Story(shortProfile({ percentHook: hook }, 60_000));
    story.passes(1).command("promote");
    story.passes(2);
    expect(story.state.soak).toEqual({ creditedMs: 0, countingFrom: null });
    story.hook(true).passes(2);
    expect(credit(story)).toBe(10_000);
  });
});
