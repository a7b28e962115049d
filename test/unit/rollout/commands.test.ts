import { describe, expect, test } from "vitest";
import { rolloutEventSchema } from "#contract/rollout/journal";
import { decide } from "#domain/rollout/decide";
import { evolve, replay } from "#domain/rollout/evolve";
import { obstaclesTo } from "#domain/rollout/obstacles";
import { observationOf } from "../../support/rollout/acting";
import { instantAt, withSample } from "../../support/rollout/observation";
import {
  commandInput,
  hook,
  shortProfile,
  startInput,
  Story,
  type CommandName,
} from "../../support/rollout/story";

const types = (story: Story): string[] => story.entries.at(-1)?.map(({ type }) => type) ?? [];
const inCanary = (): Story => new Story().reach("canary-1");
const proven = (): Story => inCanary().passes(3);

describe("a command", () => {
  test.each<[string, CommandName, string, (story: Story) => unknown]>([
    ["before the first check", "promote", "no-check", (story) => story.reach("canary-1")],
    ["on too little evidence", "promote", "soak-incomplete", (story) => story.reach("canary-1").passes(1)],
    [
      "while paused",
      "promote",
      "paused",
      (story) => [story.reach("canary-1").passes(3), story.command("pause")],
    ],
    [
      "against a gate",
      "promote",
      "gates-hold",
      (story) =>
        story
          .reach("canary-1")
          .passes(2)
          .wait(1)
          .check(() => observationOf("fail", story.now)),
    ],
    ["on an old check", "promote", "evidence-old", (story) => story.reach("canary-1").passes(3).wait(20_001)],
    [
      "on a check of another start",
      "promote",
      "evidence-old",
      (story) => story.reach("canary-1").passes(3).restart("b"),
    ],
    ["in preflight", "rollback", "nothing-to-do", () => undefined],
    [
      "with every baseline valid",
      "rebaseline",
      "nothing-to-do",
      (story) => story.reach("canary-1").passes(1),
    ],
    ["without a hook", "retry-hook", "nothing-to-do", (story) => story.reach("canary-1")],
    ["after an abort", "pause", "rollout-ended", (story) => story.command("abort")],
    ["after an abort", "abort", "rollout-ended", (story) => story.command("abort")],
    ["after a rollback", "rollback", "rollout-ended", (story) => story.reach("canary-1").command("rollback")],
    ["after a rollback", "promote", "rollout-ended", (story) => story.reach("canary-1").command("rollback")],
    [
      "after a block",
      "resume",
      "rollout-ended",
      (story) => story.check(() => observationOf("trigger", story.now)),
    ],
  ])("%s, %s is refused as %s; that is recorded and changes nothing", (_, command, code, happens) => {
    const story = new Story();
    happens(story);
    const { revision, status, percent, soak } = story.state;
    expect(obstaclesTo(story.state, command, story.now)?.code).toBe(code);
    const { refusal } = story.command(command);
    expect(refusal?.code).toBe(code);
    expect(refusal?.message).toMatch(/^[A-Z].*\.$/);
    expect(types(story)).toEqual(["command-refused"]);
    expect(story.state).toMatchObject({ revision, status, percent, soak });
  });

  test("that is refused names rule, surface, expected and observed of all that stands in the way", () => {
    const story = inCanary().passes(1);
    story.wait(10_000).check((seen) => withSample(seen, "voice", { queueDepth: 2 }));
    expect(story.command("promote").refusal).toMatchObject({
      code: "gates-hold",
      details: [
        expect.stringMatching(/^G7 Voice: expected .*1.*, observed .*2/),
        expect.stringMatching(/^Soak of Canary 1: expected 20 s, observed 0 s/),
      ],
    });
  });

  test.each<CommandName>(["promote", "abort", "rollback", "pause"])(
    "%s decided on another state is refused and can be confirmed at once",
    (command) => {
      const story = proven();
      const before = story.state.revision;
      story.wait(10_000).check((seen) => ({ ...seen, control: { ...seen.control, mode: "paused" } }));
      story.wait(10_000).check();
      expect(story.command(command, { revision: before }).refusal?.code).toBe("state-changed");
      expect(story.command(command).refusal).toBeNull();
    },
  );

  test("stays valid over checks that change nothing a decision rests on", () => {
    const story = proven();
    const { revision } = story.state;
    story.passes(3);
    expect(story.command("promote", { revision }).refusal).toBeNull();
  });

  test("for another rollout is refused and is no part of this one's journal", () => {
    const story = inCanary();
    const input = commandInput(story.state, "abort");
    if (input.kind !== "command") throw new Error("no command");
    const decision = story.apply({ ...input, command: { ...input.command, rolloutId: "another" } });
    expect([decision.refusal?.code, decision.events]).toEqual(["not-latest", []]);
  });

  test.each(["pause", "resume"] as const)(
    "%s of what is so already does nothing, on any revision",
    (command) => {
      const story = inCanary();
      if (command === "pause") story.command("pause");
      const entries = story.entries.length;
      const decision = story.command(command, { revision: 0 });
      expect([decision.events, decision.refusal, story.entries.length]).toEqual([[], null, entries]);
    },
  );
});

describe("a promotion", () => {
  test("takes the counts of its last check as the next phase's baseline", () => {
    const story = proven();
    story
      .wait(10_000)
      .check((seen) => withSample(seen, "memory", { counts: { retry_attempted: 4 } }), "promotion");
    story.command("promote");
    expect(story.state.baselines.phase).toMatchObject({
      check: story.state.checks,
      surfaces: { memory: { counts: { retry_attempted: 4 } } },
    });
    expect(story.state.baselines.canary1?.check).toBe(1);
    expect(story.state.baselines.canary3).toBeNull();
  });

  const frozen = shortProfile({
    freezeWindows: [
      { id: "always", title: "No changes", weekdays: [], from: "00:00", to: "00:00", timeZone: "UTC" },
    ],
  });
  test("in a freeze window needs a reason of its own, which lifts nothing else", () => {
    const story = new Story(frozen);
    expect(story.command("promote", { freezeOverrideReason: "hot fix" }).refusal?.code).toBe("no-check");
    story.passes(1);
    expect(story.command("promote").refusal?.code).toBe("freeze-window");
    story.command("promote", { freezeOverrideReason: "hot fix" });
    expect(story.entries.at(-1)).toMatchObject([{ freezeOverride: { window: "always", reason: "hot fix" } }]);
    expect(story.state.status).toBe("canary-1");
  });

  test("is left to the profile as far as it says, never into completion or a freeze window", () => {
    const story = new Story(shortProfile({ automaticPromotionThrough: "general-availability" })).passes(1);
    expect(types(story)).toEqual(["check-recorded", "phase-entered"]);
    story.passes(12);
    expect(story.state.status).toBe("general-availability");
    expect(story.state.phases.map(({ enteredBy }) => enteredBy.kind)).toEqual([
      "operator",
      ...Array.from({ length: 4 }, () => "automatic"),
    ]);
    story.passes(10);
    expect(story.state.status).toBe("general-availability");
    const some = new Story(shortProfile({ automaticPromotionThrough: "canary-1" })).passes(8);
    expect(some.state.status).toBe("canary-1");
    expect(new Story({ ...frozen, automaticPromotionThrough: "canary-1" }).passes(3).state.status).toBe(
      "preflight",
    );
  });
});

describe("an end", () => {
  test("by abort keeps the percent, and only a rollback follows it", () => {
    const story = new Story(shortProfile({ percentHook: hook })).reach("canary-2");
    story.command("abort");
    expect(story.state).toMatchObject({ status: "aborted", percent: 25, ending: { reason: "abort now" } });
    expect(story.check().refusal?.code).toBe("rollout-ended");
    story.command("rollback");
    expect(story.state).toMatchObject({ status: "rolling_back", percent: 0, rollback: { trigger: null } });
    expect(story.state.effects.at(-1)).toMatchObject({ purpose: "rollback", percent: 0, state: "intended" });
  });

  test("by several triggers is one rollback, named by the gravest", () => {
    const story = inCanary();
    story.wait(1_000).check(() => observationOf("trigger", story.now));
    expect(types(story)).toEqual(["check-recorded", "trigger-fired", "trigger-fired", "rollback-opened"]);
    expect(story.state.triggers.map(({ trigger, primary }) => [trigger, primary])).toEqual([
      ["T2", true],
      ["T5", false],
    ]);
  });

  test("lets another rollout start, and a running one does not", () => {
    const story = inCanary();
    const start = startInput(shortProfile());
    expect(story.apply(start).refusal?.code).toBe("rollout-active");
    expect(types(story)).toEqual(["command-refused"]);
    story.command("abort");
    expect(decide(story.state, start, story.now).events.map(({ type }) => type)).toEqual(["rollout-started"]);
  });
});

describe("a log that was replaced", () => {
  test("holds until its surface gets a new baseline, which counts from the last check", () => {
    const story = proven();
    const replaced = (seen: ReturnType<typeof observationOf>): typeof seen =>
      withSample(seen, "voice", {
        counts: { retry_attempted: 3 },
        log: { path: "log", identity: "another", lines: 4, bytes: 90, problem: "" },
      });
    story.wait(10_000).check(replaced);
    expect(story.command("promote").refusal?.code).toBe("gates-hold");
    expect(story.command("rebaseline", { surface: "memory" }).refusal?.code).toBe("nothing-to-do");
    expect(story.command("rebaseline").refusal).toBeNull();
    expect(story.command("rebaseline").refusal?.code).toBe("nothing-to-do");
    story.wait(10_000).check(replaced);
    expect(story.command("promote").refusal).toBeNull();
  });
});

describe("the percent hook", () => {
  const entered = (): Story => {
    const story = new Story(shortProfile({ percentHook: hook })).passes(1);
    story.command("promote");
    return story;
  };

  test("fails for good after its last attempt, holds, and is run again by hand with all attempts anew", () => {
    const story = entered().hook(false);
    expect(story.state.effects.at(-1)).toMatchObject({
      state: "intended",
      attempt: 1,
      detail: "exit code 1",
    });
    story.hook(false).passes(3);
    expect(story.state.effects.at(-1)).toMatchObject({ state: "failed", attempt: 2 });
    expect(story.command("promote").refusal?.code).toBe("hook-not-done");
    expect(story.command("retry-hook").refusal).toBeNull();
    story.hook(true).passes(3);
    expect(story.command("promote").refusal).toBeNull();
  });

  test("of a phase is superseded by the rollback's, whose failure can still be mended", () => {
    const story = entered();
    const old = story.state.effects.at(-1)?.effectId ?? "";
    story.apply({ kind: "effect-attempt", effectId: old });
    story.command("rollback");
    expect(story.apply({ kind: "effect-attempt", effectId: old }).events).toEqual([]);
    story.apply({ kind: "effect-result", effectId: old, ok: false, detail: "late", output: "" });
    expect(story.state.effects.map(({ state }) => state)).toEqual(["failed", "intended"]);
    story.hook(false).hook(false);
    expect(story.command("retry-hook").refusal).toBeNull();
    story.hook(true);
    expect(story.state).toMatchObject({ status: "rolling_back", percent: 0 });
    expect(story.state.effects.at(-1)?.state).toBe("done");
  });

  test("of a phase is not attempted after an abort", () => {
    const story = entered();
    const effectId = story.state.effects.at(-1)?.effectId ?? "";
    story.command("abort");
    expect(story.apply({ kind: "effect-attempt", effectId }).events).toEqual([]);
  });
});

describe("a check by hand", () => {
  test("keeps its distance from the one before, on the clock they have in common", () => {
    const story = inCanary().passes(1);
    expect(story.wait(1_999).check(undefined, "manual").refusal?.code).toBe("check-too-soon");
    expect(story.jump(-7_200_000).check(undefined, "manual").refusal?.code).toBe("check-too-soon");
    expect(story.wait(1).check(undefined, "manual").refusal).toBeNull();
  });
});

describe("taking a rollout up", () => {
  test("is an event of its own for a new start, and for a repaired journal", () => {
    const story = inCanary();
    expect(story.apply({ kind: "session", repairedBytes: 0 }).events).toEqual([]);
    expect(story.apply({ kind: "session", repairedBytes: 7 }).events).toHaveLength(1);
    story.restart("console-2");
    expect(types(story)).toEqual(["session-opened"]);
  });
});

describe("where time went", () => {
  test("adds up to the time since the start, by what was done with it", () => {
    const story = inCanary().passes(4);
    story.wait(5_000).command("pause");
    story.wait(7_000).command("resume");
    story.wait(1_000).restart("console-2");
    story.wait(3_000).command("abort");
    story.wait(60_000).command("rollback");
    const { durations, enteredUnixMs, leftUnixMs } = story.state.phases.at(-1) ?? {};
    expect(durations).toEqual({
      soakingMs: 20_000,
      waitingMs: 18_000,
      // The pause, the restart, and the time until the phase's first check, which proves nothing.
      heldMs: 18_000,
    });
    expect((leftUnixMs ?? 0) - (enteredUnixMs ?? 0)).toBe(56_000);
  });
});

describe("folding", () => {
  test("refuses what came before the start, and gives nothing for an empty journal", () => {
    const paused = rolloutEventSchema.parse({
      type: "paused",
      at: instantAt(0),
      by: { kind: "operator", name: "nora" },
      reason: "x",
    });
    expect(() => evolve(null, paused)).toThrow("before the rollout had started");
    expect(replay([])).toBeNull();
  });
});
