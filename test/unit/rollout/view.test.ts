import { describe, expect, test } from "vitest";
import type { Observation } from "#contract/rollout/observation";
import { type ActionView, rolloutViewSchema, type RolloutView } from "#contract/rollout/view";
import { withSample } from "../../support/rollout/observation";
import { profileWith, Story } from "./story";

const minute = 60_000;

const staleVoice = (healthy: Observation): Observation =>
  withSample(healthy, "voice", { updatedUnixMs: healthy.at.unixMs - 20 * minute });
const deepQueue = (healthy: Observation): Observation => withSample(healthy, "voice", { queueDepth: 2 });
const withError = (healthy: Observation): Observation =>
  withSample(healthy, "memory", { counts: { case_processing_failed: 1 } });

const hook = {
  program: "bin/shift traffic",
  args: ["--to", "candidate"],
  cwd: ".",
  timeoutMs: 60_000,
  attempts: 3,
  retryDelayMs: 5_000,
};

function action(view: RolloutView, name: ActionView["action"]): ActionView {
  const found = view.actions.find((candidate) => candidate.action === name);
  if (found === undefined) throw new Error(`no action ${name}`);
  return found;
}

describe("a promotion out of preflight", () => {
  const unread = (healthy: Observation): Observation =>
    withSample(healthy, "memory", { status: "missing", healthState: "failing", record: null });

  test("says what the next phase will not find passing, for preflight itself lets it be", () => {
    const promote = action(new Story().check(unread).view(), "promote");
    expect(promote.allowed).toBe(true);
    expect(promote.effect).toContain(
      "Not passing there as of check 1: G4 Memory (missing), G5 Memory (missing)",
    );
  });

  test("says nothing of it while all is well", () => {
    expect(action(new Story().check().view(), "promote").effect).not.toContain("Not passing there");
  });
});

describe("phases and soak", () => {
  test("before the first check preflight is current, and the first check decides", () => {
    const view = new Story().view();
    expect(rolloutViewSchema.parse(view)).toEqual(view);
    expect(view).toMatchObject({ status: "preflight", percent: 0, ended: false, lastCheck: null });
    expect(view.phases.map(({ state }) => state)).toEqual(["current", "ahead", "ahead", "ahead", "ahead"]);
    expect(view.soak).toMatchObject({ requiredMs: 0, counting: false, stoppedBy: [] });
    expect(view.nextDecision).toBe("Check 1 at 15:47:40 UTC says first which gates hold.");
    expect(view.triggers.map(({ state }) => state)).toEqual(Array(5).fill("not-evaluated"));
  });

  test("a phase that was just entered counts nothing before its first passing check", () => {
    const story = new Story().reach("canary-1");
    expect(story.view().soak).toEqual({
      requiredMs: 30 * minute,
      creditedMs: 0,
      remainingMs: 30 * minute,
      complete: false,
      counting: false,
      countingSinceUnixMs: null,
      stoppedBy: ["No check in Canary 1 yet: time counts from the first one that passes."],
    });
    const counting = story.check().view();
    expect(counting.soak).toMatchObject({
      creditedMs: 0,
      counting: true,
      countingSinceUnixMs: story.now.unixMs,
      stoppedBy: [],
    });
    expect(counting.phases.map(({ state }) => state)).toEqual([
      "passed",
      "current",
      "ahead",
      "ahead",
      "ahead",
    ]);
  });

  test("credit is what checks have recorded, never what the clock says since", () => {
    const story = new Story()
      .reach("canary-1")
      .check()
      .wait(5 * minute)
      .check()
      .wait(4 * minute);
    const view = story.view();
    expect(view.soak).toMatchObject({ creditedMs: 5 * minute, remainingMs: 25 * minute, counting: true });
    expect(view.phases[1]).toMatchObject({ creditedMs: 5 * minute, requiredMs: 30 * minute });
  });

  test("the earliest moment is the first scheduled check by which enough can have passed", () => {
    const story = new Story()
      .reach("canary-1")
      .check()
      .wait(5 * minute)
      .check();
    const next = story.now.unixMs + 5 * minute;
    const at = new Date(story.now.unixMs + 25 * minute).toISOString().slice(11, 19);
    expect(story.view({ nextCheckUnixMs: next }).nextDecision).toBe(
      `Canary 1 needs 25 min more of passing checks: ${at} UTC at the earliest, then an operator decides about Canary 2 (25 %).`,
    );
    expect(story.view({ nextCheckUnixMs: null }).nextDecision).toMatch(/nobody takes checks now/);
  });

  test("a pause says who and why, and keeps the credit", () => {
    const story = new Story()
      .reach("canary-1")
      .check()
      .wait(5 * minute)
      .check();
    const view = story.command("pause", { reason: "lunch" }).wait(minute).view();
    expect(view.soak).toMatchObject({ creditedMs: 5 * minute, counting: false });
    expect(view.soak.stoppedBy[0]).toMatch(/^Paused by alice since \d\d:\d\d:\d\d UTC: lunch$/);
    expect(view.nextDecision).toMatch(/^Nothing is promoted until somebody resumes what alice paused/);
    expect(action(view, "promote").obstacles.join("\n")).toContain("paused");
    const resumed = story.command("resume").view();
    expect(resumed.soak.stoppedBy).toEqual([
      `Nobody watched between check ${story.state.checks} and now: time counts again from the next check that passes.`,
    ]);
  });

  test("a stale feed is named once, by its surface", () => {
    const view = new Story()
      .reach("canary-1")
      .check()
      .wait(5 * minute)
      .check(staleVoice)
      .view();
    expect(view.soak.stoppedBy).toHaveLength(1);
    expect(view.soak.stoppedBy[0]).toMatch(/^R-STALE holds on Voice: /);
    expect(view.nextDecision).toMatch(
      /^R-STALE holds on Voice: .*; check \d+ at \d\d:\d\d:\d\d UTC decides again\.$/,
    );
    expect(view.findings.map(({ rule }) => rule)).toContain("G4");
  });

  test("counting ends with the console that counted", () => {
    const story = new Story().reach("canary-1").check();
    const elsewhere = { ...story.now, session: "console-2" };
    expect(story.view({ now: elsewhere }).soak).toMatchObject({ counting: false, countingSinceUnixMs: null });
  });

  test("a gate that fails is the gravest, and its soak starts anew", () => {
    const view = new Story()
      .reach("canary-1")
      .check()
      .wait(5 * minute)
      .check(deepQueue)
      .view();
    expect(view.soak).toMatchObject({ creditedMs: 0, remainingMs: 30 * minute, counting: false });
    expect(view.nextDecision).toMatch(/^G7 holds on Voice: queue_depth=2; expected /);
    expect(view.findings).toHaveLength(1);
    expect(view.rules.find(({ rule }) => rule === "G7")).toMatchObject({ demanded: true });
    expect(view.rules.find(({ rule }) => rule === "G1")).toMatchObject({ demanded: false });
  });

  test("evidence against comes before no evidence", () => {
    const both = (healthy: Observation) =>
      deepQueue(withSample(healthy, "memory", { updatedUnixMs: healthy.at.unixMs - 20 * minute }));
    const view = new Story().reach("canary-1").check(both).view();
    expect(view.findings[0]).toMatchObject({ rule: "G7", surface: "voice", status: "failed" });
    expect(view.findings.slice(1).every(({ status }) => status === "stale")).toBe(true);
  });

  test("once the soak is complete an operator decides", () => {
    const view = new Story().reach("canary-1").soak().view();
    expect(view.soak).toMatchObject({ complete: true, remainingMs: 0, stoppedBy: [] });
    expect(view.nextDecision).toBe("An operator decides now: everything for Canary 2 (25 %) is proven.");
    expect(action(view, "promote")).toMatchObject({ allowed: true, obstacles: [] });
  });

  test("a checklist that is not filled in stops no time, and holds the end", () => {
    const unsigned = (healthy: Observation): Observation => ({
      ...healthy,
      checklist: { ...healthy.checklist, items: healthy.checklist.items.slice(1) },
    });
    const story = new Story()
      .reach("general-availability")
      .check(unsigned)
      .wait(5 * minute)
      .check(unsigned);
    const counting = story.view();
    expect(counting.soak).toMatchObject({ counting: true, creditedMs: 5 * minute, stoppedBy: [] });
    expect(counting.nextDecision).toMatch(/^General availability needs 23 h 55 min more of passing checks: /);
    expect(counting.findings.map(({ rule }) => rule)).toContain("G12");
    const complete = story.soak(unsigned).view();
    expect(complete.soak.complete).toBe(true);
    expect(complete.nextDecision).toMatch(/^G12 holds: /);
    expect(action(complete, "promote").allowed).toBe(false);
  });
});

describe("what ends a rollout", () => {
  test("a trigger opens the rollback with the first step done at the incident's time", () => {
    const story = new Story()
      .reach("canary-2")
      .check()
      .wait(5 * minute)
      .check(withError);
    const view = story.view();
    expect(view).toMatchObject({ status: "rolling_back", ended: true, percent: 0, nextCheckUnixMs: null });
    const steps = view.rollback?.steps ?? [];
    expect(steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      "1 done",
      "2 open",
      "3 open",
      "4 open",
      "5 open",
      "6 open",
    ]);
    expect(steps[0]?.instruction).toContain(new Date(story.now.unixMs).toISOString());
    expect(steps[2]?.instruction).toContain("/release-channel show\n/quit\nEOF");
    expect(steps[3]?.instruction).toContain("/release-channel apply --target <rollback_version>");
    expect(steps[4]?.instruction).toContain("git revert <release_commit_sha>");
    for (const { instruction, state } of steps)
      expect(instruction.includes("By hand for now")).toBe(state === "open");
    expect(view.triggers.find(({ trigger }) => trigger === "T3")).toMatchObject({
      state: "fired",
      primary: true,
      check: story.state.checks,
      firedUnixMs: story.now.unixMs,
    });
    expect(view.triggers.find(({ trigger }) => trigger === "T2")?.state).toBe("not-evaluated");
    expect(view.phases.map(({ state }) => state)).toEqual(["passed", "passed", "ended", "ahead", "ahead"]);
    expect(view.nextDecision).toMatch(
      /^Rolling back from Canary 2: steps 2 to 6 .* only a new rollout promotes again\.$/,
    );
    for (const { action: name, allowed } of view.actions) expect([name, allowed]).toEqual([name, false]);
    expect(view.soak.stoppedBy).toEqual(["The rollout has ended: nothing counts any more."]);
  });

  test("an abort keeps the percent and leaves only the rollback", () => {
    const story = new Story().reach("canary-2");
    expect(action(story.view(), "abort").effect).toBe(
      "Ends this rollout in Canary 2 for good. The candidate keeps its declared 25 % until it is rolled back.",
    );
    const view = story.command("abort", { reason: "wrong build" }).view();
    expect(view).toMatchObject({
      status: "aborted",
      percent: 25,
      ending: { by: { name: "alice" }, reason: "wrong build" },
      nextDecision: "Aborted in Canary 2: the candidate keeps its declared 25 % until it is rolled back.",
    });
    expect(view.actions.filter(({ allowed }) => allowed).map((allowed) => allowed.action)).toEqual([
      "rollback",
    ]);
  });

  test("a failed harness blocks preflight, where nothing is rolled back", () => {
    const failing = (healthy: Observation): Observation => ({
      ...healthy,
      harness: {
        ...healthy.harness,
        overall: { status: "failed", total_surfaces: 5, passed_surfaces: 4, failed_surfaces: 1 },
      },
    });
    const view = new Story().check(failing).view();
    expect(view).toMatchObject({ status: "blocked", rollback: null, ended: true });
    expect(view.nextDecision).toMatch(/^Blocked in Preflight: there is nothing to roll back/);
  });

  test("all five phases lead to complete", () => {
    const story = new Story().reach("general-availability").soak();
    expect(action(story.view(), "promote").effect).toBe(
      "Takes a check and, if everything passes in it, completes the rollout: the candidate keeps its 100 %, " +
        "and no check or trigger watches it any more.",
    );
    const view = story.command("promote").view();
    expect(view).toMatchObject({ status: "complete", percent: 100, ended: true });
    expect(view.phases.map(({ state }) => state)).toEqual(Array(5).fill("passed"));
    expect(view.durations.soakingMs).toBe(
      view.phases.reduce((sum, { durations }) => sum + durations.soakingMs, 0),
    );
    expect(view.durations.soakingMs).toBeGreaterThan(27 * 60 * minute);
  });
});

describe("what a button does", () => {
  test("promotion names percent, hook, soak and gates of the next phase", () => {
    const story = new Story(profileWith({ percentHook: hook }));
    expect(action(story.view(), "promote").effect).toBe(
      'Takes a check and, if everything passes in it, enters Canary 1: declares 5 %, asks the hook `"bin/shift traffic" --to candidate` to give it, soak 30 min, gates G4–G8.',
    );
    expect(action(new Story().reach("canary-1").view(), "promote").effect).toBe(
      "Takes a check and, if everything passes in it, enters Canary 2: declares 25 %, soak 1 h, gates G4–G10.",
    );
  });

  test("a hook that is not done holds, and one that failed for good can be run again", () => {
    const story = new Story(profileWith({ percentHook: hook })).check().command("promote");
    const [effect] = story.state.effects;
    if (effect === undefined) throw new Error("no effect was intended");
    const { effectId } = effect;
    expect(story.view().nextDecision).toBe(
      "The hook has not been asked to give 5 % yet; nothing is promoted before it has.",
    );
    expect(story.view().soak.stoppedBy[0]).toBe("The hook has not been asked to give 5 % yet");
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      story.feed({ kind: "effect-attempt", effectId });
      story.feed({ kind: "effect-result", effectId, ok: false, detail: "exit code 7", output: "no route" });
    }
    const failed = story.view();
    expect(failed.effects).toMatchObject([
      { percent: 5, state: "failed", attempt: 3, attempts: 3, output: "no route" },
    ]);
    expect(failed.nextDecision).toBe(
      "The hook failed to give 5 % after 3 of 3 attempts: exit code 7; an operator has to have it run again.",
    );
    expect(action(failed, "retry-hook")).toMatchObject({
      allowed: true,
      effect: 'Runs the hook `"bin/shift traffic" --to candidate` again to give 5 %, in at most 3 attempts.',
    });
  });

  test("what is not allowed says why, check by hand included", () => {
    const view = new Story().reach("canary-1").check().view();
    expect(action(view, "resume")).toMatchObject({ allowed: false });
    expect(action(view, "resume").obstacles).not.toEqual([]);
    expect(action(view, "check").obstacles.join(" ")).toMatch(/at least 1 min after the one before it/);
    expect(action(view, "promote").obstacles.join("\n")).toMatch(
      /Soak of Canary 1: expected 30 min, observed 0 s/,
    );
  });

  test("a replaced log is named, and its new baseline is offered", () => {
    const replaced = (healthy: Observation): Observation =>
      withSample(healthy, "memory", {
        log: { path: "runtime-events.jsonl", identity: "another", lines: 1, bytes: 10, problem: "" },
      });
    const story = new Story()
      .reach("canary-1")
      .check()
      .wait(5 * minute)
      .check(replaced);
    const view = story.view();
    expect(view.invalidBaselines).toEqual(["memory"]);
    expect(action(view, "rebaseline")).toMatchObject({ allowed: true });
    expect(action(view, "rebaseline").effect).toContain("as the new baseline of Memory");
    const mended = story.command("rebaseline", { surface: "memory" }).view();
    expect(mended.invalidBaselines).toEqual([]);
    expect(mended.findings).toEqual([]);
  });

  test("an open freeze window asks for a reason and is no obstacle", () => {
    const always = {
      id: "winter",
      title: "Winter freeze",
      weekdays: [],
      from: "00:00",
      to: "00:00",
      timeZone: "UTC",
    };
    const frozen = new Story(profileWith({ freezeWindows: [always] })).check().view();
    expect(frozen.freezeWindow).toMatchObject({ id: "winter", title: "Winter freeze" });
    expect(action(frozen, "promote")).toMatchObject({ allowed: true });
    expect(action(frozen, "promote").freezeWindow).toMatch(/^Winter freeze, until /);
    expect(frozen.nextDecision).toMatch(
      /^An operator decides now: everything for Canary 1 \(5 %\) is proven, but "Winter freeze" is open until .*, and promoting in it needs a reason of its own\.$/,
    );
  });

  test("automatic promotion is announced before it happens", () => {
    const story = new Story(profileWith({ automaticPromotionThrough: "canary-2" }))
      .check()
      .wait(minute)
      .check();
    expect(story.state.phase).toBe("canary-1");
    expect(story.view().nextDecision).toMatch(/then Canary 2 \(25 %\) is entered without an operator\.$/);
  });
});

test("a broken journal shows what came before it and lets nothing be done", () => {
  const view = new Story().reach("canary-2").view({ problem: "entry 12: its hash does not match" });
  expect(view.status).toBe("canary-2");
  expect(view.actions.map(({ allowed }) => allowed)).toEqual(Array(8).fill(false));
  expect(action(view, "abort").obstacles).toEqual([
    "The journal cannot be trusted: entry 12: its hash does not match",
  ]);
  expect(view.nextDecision).toMatch(/^The journal cannot be trusted: everything holds/);
});
