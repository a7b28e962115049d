import { describe, expect, test } from "vitest";
import type { Observation } from "#contract/rollout/observation";
import { type Notice, noticeSchema } from "#contract/rollout/view";
import { noticesBetween } from "#domain/rollout/notices";
import { withSample } from "../../support/rollout/observation";
import { profileWith, Story } from "./story";

const minute = 60_000;
const deepQueue = (healthy: Observation): Observation => withSample(healthy, "voice", { queueDepth: 2 });
const staleMemory = (healthy: Observation): Observation =>
  withSample(healthy, "memory", { updatedUnixMs: healthy.at.unixMs - 20 * minute });

/** What is told of the steps that the story takes. */
function told(story: Story, steps: (story: Story) => void): Notice[] {
  const before = story.state;
  steps(story);
  const notices = noticesBetween(before, story.state, story.now);
  for (const notice of notices) expect(noticeSchema.parse(notice)).toEqual(notice);
  expect(new Set(notices.map(({ id }) => id)).size).toBe(notices.length);
  return notices;
}

const atCanary1 = () =>
  new Story()
    .reach("canary-1")
    .check()
    .wait(5 * minute);

describe("a hold", () => {
  test("is told once, with the rule and surface it opens", () => {
    const story = atCanary1();
    const [notice, ...others] = told(story, (next) => void next.check(deepQueue));
    expect(others).toEqual([]);
    expect(notice).toMatchObject({
      kind: "hold",
      unixMs: story.now.unixMs,
      place: "#/rollout/20260213T154640Z-1f3a?rule=G7&surface=voice",
    });
    expect(notice?.title).toMatch(/^Canary 1 holds: G7 /);
    expect(notice?.body).toMatch(/^Voice: queue_depth=2\. /);
    expect(told(story, (next) => void next.wait(5 * minute).check(deepQueue))).toEqual([]);
  });

  test("that begins again after it had ended is told again", () => {
    const story = atCanary1()
      .check(deepQueue)
      .wait(5 * minute)
      .check()
      .wait(5 * minute);
    expect(told(story, (next) => void next.check(deepQueue)).map(({ kind }) => kind)).toEqual(["hold"]);
  });

  test("of one stale feed is one notice; another reason beside it is another", () => {
    const story = atCanary1();
    expect(told(story, (next) => void next.check(staleMemory)).map(({ place }) => place)).toEqual([
      "#/rollout/20260213T154640Z-1f3a?rule=R-STALE&surface=memory",
    ]);
    const both = (healthy: Observation) => deepQueue(staleMemory(healthy));
    expect(told(story, (next) => void next.wait(5 * minute).check(both)).map(({ place }) => place)).toEqual([
      "#/rollout/20260213T154640Z-1f3a?rule=G7&surface=voice",
    ]);
  });

  test("of the release has no surface", () => {
    const skipped = (healthy: Observation): Observation => ({
      ...healthy,
      ci: { ...healthy.ci, conclusion: "skipped" },
    });
    expect(told(new Story(), (story) => void story.check(skipped)).map(({ place }) => place)).toEqual([
      "#/rollout/20260213T154640Z-1f3a?rule=G2",
    ]);
  });

  test("is not told of what an operator did: a pause, a resume, a promotion", () => {
    const story = atCanary1();
    expect(told(story, (next) => void next.command("pause").command("resume"))).toEqual([]);
    expect(told(story.soak(), (next) => void next.command("promote"))).toEqual([]);
  });
});

describe("a trigger", () => {
  test("is told instead of the holds it comes with", () => {
    const notices = told(
      atCanary1(),
      (story) =>
        void story.check((healthy) =>
          withSample(healthy, "memory", { failureStreak: 3, counts: { case_processing_failed: 1 } }),
        ),
    );
    expect(notices.map(({ kind, place }) => `${kind} ${place.split("?")[1]}`)).toEqual([
      "trigger trigger=T2",
      "trigger trigger=T3",
    ]);
    expect(notices[0]?.title).toMatch(/^T2 .* ends 2\.8\.0 in Canary 1$/);
    expect(notices[1]?.title).not.toContain("ends");
  });
});

describe("a soak", () => {
  test("that is complete says what can be decided, once", () => {
    const story = new Story().reach("canary-1");
    const notices = told(story, (next) => void next.soak());
    expect(notices).toMatchObject([
      {
        kind: "soak-complete",
        title: "Canary 1 is ready for Canary 2 (25 %)",
        place: "#/rollout/20260213T154640Z-1f3a",
      },
    ]);
    expect(told(story, (next) => void next.wait(5 * minute).check())).toEqual([]);
  });

  test("that is complete while the checklist is not, says so, and again when it is", () => {
    const unsigned = (healthy: Observation): Observation => ({
      ...healthy,
      checklist: { ...healthy.checklist, items: healthy.checklist.items.slice(1) },
    });
    const story = new Story().reach("general-availability").check(unsigned);
    const [notice, ...others] = told(story, (next) => void next.soak(unsigned));
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ kind: "soak-complete", title: "General availability: soak complete" });
    expect(notice?.body).toMatch(/^1 d of evidence is proven, but G12 still holds: /);
    expect(told(story, (next) => void next.wait(5 * minute).check()).map(({ title }) => title)).toEqual([
      "General availability is ready to be completed",
    ]);
  });

  test("is not needed in preflight, whose gates are told to pass", () => {
    expect(told(new Story(), (story) => void story.check()).map(({ title }) => title)).toEqual([
      "Preflight is ready for Canary 1 (5 %)",
    ]);
  });
});

test("a hook that failed for good is told once, and a rehearsal says that it is one", () => {
  const percentHook = {
    program: "shift",
    args: [],
    cwd: ".",
    timeoutMs: 1_000,
    attempts: 2,
    retryDelayMs: 0,
  };
  const story = new Story(profileWith({ percentHook, rehearsal: true })).check().command("promote");
  const effectId = story.state.effects[0]?.effectId ?? "";
  const attempt = (next: Story): void => {
    next.feed({ kind: "effect-attempt", effectId });
    next.feed({ kind: "effect-result", effectId, ok: false, detail: "exit code 7", output: "" });
  };
  expect(told(story, attempt)).toEqual([]);
  expect(told(story, attempt)).toMatchObject([
    {
      kind: "hook-failed",
      title: "REHEARSAL: The hook failed to give 5 %",
      body: "exit code 7. It holds the rollout until an operator has it run again.",
      place: "#/rollout/20260213T154640Z-1f3a?rule=R-HOOK",
    },
  ]);
  expect(told(story, (next) => void next.wait(minute).check())).toEqual([]);
});

test("nothing is told of a rollout that was not known before", () => {
  const story = atCanary1().check(deepQueue);
  expect(noticesBetween(null, story.state, story.now)).toEqual([]);
});
