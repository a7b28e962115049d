import { expect, test } from "vitest";
import { rolloutSummarySchema } from "#contract/rollout/view";
import { summaryOf } from "#domain/rollout/summary";
import { testCandidate, withSample } from "../../support/rollout/observation";
import { Story } from "./story";

test("a row of the history says what became of a rollout and where its time went", () => {
  const story = new Story().reach("canary-2").check();
  story
    .wait(300_000)
    .check((healthy) => withSample(healthy, "memory", { counts: { case_processing_failed: 1 } }));
  const summary = summaryOf(story.state, "");
  expect(rolloutSummarySchema.parse(summary)).toEqual(summary);
  expect(summary).toMatchObject({
    rolloutId: "20260213T154640Z-1f3a",
    candidate: testCandidate,
    profileId: "default",
    rehearsal: false,
    status: "rolling_back",
    phase: "canary-2",
    percent: 0,
    startedBy: "alice",
    endedUnixMs: story.now.unixMs,
    checks: story.state.checks,
    triggers: ["T3"],
    problem: "",
  });
  const { waitingMs, soakingMs, heldMs } = summary.durations;
  expect(waitingMs + soakingMs + heldMs).toBe(story.now.unixMs - story.state.startedUnixMs);
});

test("a journal that cannot be trusted is said in its row; a rollout that runs has no end", () => {
  const summary = summaryOf(new Story().state, "entry 3: its hash does not match");
  expect(summary).toMatchObject({
    endedUnixMs: null,
    status: "preflight",
    triggers: [],
    problem: "entry 3: its hash does not match",
  });
});
