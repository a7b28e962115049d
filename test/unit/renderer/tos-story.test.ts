import { describe, expect, it } from "vitest";
import type { ProgressEntry, ProgressEvent } from "#contract/tos/progress";
import {
  endedUnbegun,
  newestTelling,
  stepStories,
  type StepStory,
} from "../../../renderer/src/features/tos/run/story";

const told = (...events: ProgressEvent[]): ProgressEntry[] =>
  events.map((event, index) => ({ sequence: index + 1, unixMs: (index + 1) * 1_000, event }));
const begun = (step: number): ProgressEvent => ({ kind: "step-started", step, maximumSteps: 8 });
const at = (stage: "draft" | "review" | "final" | "execute"): ProgressEvent => ({
  kind: "stage-started",
  step: 1,
  stage,
});
const judged = (...allowed: boolean[]): ProgressEvent => ({
  kind: "commands-judged",
  step: 1,
  commands: allowed.map((each, index) => ({
    index,
    type: "bash",
    code: `command ${index}`,
    allowed: each,
    reason: each ? "allowlist通過" : "deny_if_contains 'x' に一致",
    matched: each ? null : "x",
  })),
});
const ended = (endReason: string, exitCode = 0): ProgressEvent => ({ kind: "ended", exitCode, endReason });
const models = [at("draft"), at("review"), at("final")] as const;
const started: ProgressEvent = {
  kind: "command-started",
  step: 1,
  index: 0,
  type: "bash",
  code: "command 0",
  pid: 7,
  startTime: null,
};
const states = (story: StepStory | undefined): string =>
  (story?.stages ?? []).map(({ stage, state }) => `${stage} ${state}`).join(", ");

describe("a run as its steps", () => {
  it("says which stage is under way, and what came before it as passed", () => {
    const [story] = stepStories(told(begun(1), at("draft"), at("review")), false);
    expect(states(story)).toBe("draft passed, review now, final ahead, policy ahead, execute ahead");
    expect(story?.stages[0]).toMatchObject({ sinceUnixMs: 2_000, endedUnixMs: 3_000 });
    expect(story?.stages[1]).toMatchObject({ sinceUnixMs: 3_000, endedUnixMs: null });
  });

  it("names the attempt of a model once it is not the first, and what went wrong with it", () => {
    const called = (attempt: number, prompt = 1): ProgressEvent => ({
      kind: "model-called",
      step: 1,
      role: "draft",
      provider: "openai",
      model: "gpt",
      prompt,
      attempt,
      attempts: 3,
    });
    const failed: ProgressEvent = {
      kind: "model-failed",
      step: 1,
      role: "draft",
      detail: "HTTP 500",
      retryAfterMs: 1_000,
    };
    const detail = (...events: ProgressEvent[]): string | undefined =>
      stepStories(told(begun(1), at("draft"), ...events), false)[0]?.stages[0]?.detail;
    expect(detail(called(1))).toBe("gpt");
    expect(detail(called(1), failed)).toBe("HTTP 500");
    expect(detail(called(1), failed, called(2))).toBe("gpt, attempt 2 of 3");
    expect(detail(called(1), called(1, 2))).toBe("gpt, prompt 2");
  });

  it("tells a denied step from one whose commands ran, and each command's end", () => {
    const [denied] = stepStories(told(begun(1), ...models, judged(false, false), ended("deny: x", 1)), false);
    expect(states(denied)).toBe("draft passed, review passed, final passed, policy denied, execute ahead");
    expect(denied?.commands.map(({ state }) => state)).toEqual(["denied", "denied"]);
    const done: ProgressEvent = {
      kind: "command-ended",
      step: 1,
      index: 0,
      outcome: "exited",
      returnCode: 3,
      detail: "",
      droppedBytes: 0,
    };
    const [ran] = stepStories(told(begun(1), ...models, judged(true, false), started, done, begun(2)), false);
    expect(states(ran)).toBe("draft passed, review passed, final passed, policy passed, execute passed");
    expect(ran?.commands.map(({ returnCode, state }) => [state, returnCode])).toEqual([
      ["exited", 3],
      ["denied", null],
    ]);
    expect(ran?.commands[0]).toMatchObject({ startedUnixMs: 6_000, endedUnixMs: 7_000 });
    expect(ran?.stages[3]?.detail).toBe("1 allowed, 1 denied");
  });

  it("says where a fatal error, a cancel and a vanished process cut it off", () => {
    const cut = (gone: boolean, ...events: ProgressEvent[]): string =>
      states(stepStories(told(begun(1), at("draft"), at("review"), ...events), gone)[0]);
    expect(cut(false, ended("fatal_error: review生成失敗", 1))).toContain("draft passed, review failed");
    expect(cut(false, ended("cancelled: wrong input", 1))).toContain("draft passed, review cut-off");
    expect(cut(true)).toContain("draft passed, review cut-off");
    expect(cut(false)).toContain("draft passed, review now");
    const [story] = stepStories(told(begun(1), ...models, judged(true, true, false), started), true);
    expect(story?.commands.map(({ state }) => state)).toEqual(["cut-off", "skipped", "denied"]);
  });

  it("is looked at in its newest step, but for one that ended before it began", () => {
    const running = stepStories(told(begun(1), ...models, begun(2)), false);
    expect([newestTelling(running), running.map(endedUnbegun)]).toEqual([1, [false, false]]);
    const done = stepStories(told(begun(1), ...models, begun(2), ended("done")), false);
    expect([newestTelling(done), done.map(endedUnbegun)]).toEqual([0, [false, true]]);
    expect(newestTelling(stepStories(told(begun(4), ended("done")), false))).toBe(0);
    expect(newestTelling([])).toBe(-1);
  });

  it("begins with the first step that is still known, and shows none where no step began", () => {
    const [first, second] = stepStories(
      told(at("final"), judged(true), begun(4), at("draft"), begun(5)),
      false,
    );
    expect([first?.step, second?.step]).toEqual([4, 5]);
    expect(states(first)).toContain("draft passed");
    expect(states(second)).toBe("draft ahead, review ahead, final ahead, policy ahead, execute ahead");
    expect(stepStories(told({ kind: "git", command: "git add ." }), false)).toEqual([]);
  });
});
