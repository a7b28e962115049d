import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { RolloutEvent } from "#contract/rollout/journal";
import type { Instant } from "#contract/rollout/observation";
import { replay } from "#domain/rollout/evolve";
import {
  inputOf,
  expectAgreement,
  expectSameAnswer,
  modelAfter,
  type Action,
} from "../../support/rollout/acting";
import { auditJournal } from "../../support/rollout/audit";
import { newModel, type Model, type ModelSettings } from "../../support/rollout/reference-model";
import { expectSame, hook, shortProfile, Story } from "../../support/rollout/story";

// Thousands of decisions: seconds of a processor that may be shared.
vi.setConfig({ testTimeout: 240_000 });

const hour = 3_600_000;
const settings: ModelSettings = { intervalMs: 10_000, soakMs: 25_000, attempts: hook.attempts };
const profile = shortProfile({ percentHook: hook }, settings.soakMs);

interface Held {
  model: Model;
  sessions: number;
}

/** One thing that happens after some time: to the engine, and to the model. */
class Step implements fc.Command<Held, Story> {
  readonly waitMs: number;
  readonly action: Action;
  constructor(waitMs: number, action: Action) {
    this.waitMs = waitMs;
    this.action = action;
  }
  check(): boolean {
    return true;
  }
  run(held: Held, story: Story): void {
    story.wait(this.waitMs);
    const expected = modelAfter(held.model, this.action, story.now, settings);
    const decision = story.apply(inputOf(this.action, story.state, story.now));
    expectSameAnswer(decision, expected.done);
    expectAgreement(story.state, expected.model);
    held.model = expected.model;
  }
  toString(): string {
    return `${this.waitMs} ms, ${JSON.stringify(this.action)}`;
  }
}

/** The console ends and starts again after some time, on a wall clock that may have been moved meanwhile. */
class Restart implements fc.Command<Held, Story> {
  readonly downMs: number;
  constructor(downMs: number) {
    this.downMs = downMs;
  }
  check(): boolean {
    return true;
  }
  run(held: Held, story: Story): void {
    held.sessions += 1;
    story.jump(this.downMs).restart(`console-${held.sessions + 1}`);
    held.model = modelAfter(held.model, { kind: "session" }, story.now, settings).model;
    expectAgreement(story.state, held.model);
  }
  toString(): string {
    return `restart after ${this.downMs} ms`;
  }
}

/** The wall clock is moved while the console runs; the check after it takes notice. */
class Jump implements fc.Command<Held, Story> {
  readonly byMs: number;
  constructor(byMs: number) {
    this.byMs = byMs;
  }
  check(): boolean {
    return true;
  }
  run(held: Held, story: Story): void {
    story.jump(this.byMs);
    const jumps = story.state.clockJumps;
    const runs = held.model.standing === "runs";
    const moved = { ...held.model, enteredUnixMs: held.model.enteredUnixMs + (runs ? this.byMs : 0) };
    held.model = modelAfter(moved, { kind: "check", check: "pass" }, story.now, settings).model;
    story.check();
    if (story.state.clockJumps !== jumps + (runs ? 1 : 0)) throw new Error("the jump is no event");
    expectAgreement(story.state, held.model);
  }
  toString(): string {
    return `clock by ${this.byMs} ms`;
  }
}

const waits = fc.oneof(
  { weight: 4, arbitrary: fc.constant(settings.intervalMs) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 45_000 }) },
);
const actions = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Action>({ kind: "check", check: "pass" }) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom("fail", "stale", "missing", "trigger" as const)
      .map((check): Action => ({ kind: "check", check: check as "fail" })),
  },
  { weight: 7, arbitrary: fc.constant<Action>({ kind: "command", command: "promote" }) },
  { weight: 5, arbitrary: fc.constant<Action>({ kind: "attempt" }) },
  { weight: 5, arbitrary: fc.constant<Action>({ kind: "result", ok: true }) },
  { weight: 1, arbitrary: fc.constant<Action>({ kind: "result", ok: false }) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom("pause", "resume", "resume", "retry-hook" as const)
      .map((command): Action => ({ kind: "command", command: command as "pause" })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Action>(
      { kind: "command", command: "abort" },
      { kind: "command", command: "rollback" },
    ),
  },
);
const steps = fc.tuple(waits, actions).map(([waitMs, action]) => new Step(waitMs, action));
const commands = fc.commands(
  [
    // Weighted by repetition: most of what happens is a step.
    ...Array.from({ length: 12 }, () => steps),
    fc.integer({ min: -2 * hour, max: 2 * hour }).map((downMs) => new Restart(downMs)),
    fc
      .integer({ min: -2 * hour, max: 2 * hour })
      .filter((byMs) => Math.abs(byMs) > 2_000)
      .map((byMs) => new Jump(byMs)),
  ],
  { maxCommands: 60, size: "max" },
);

/** A rollout that is in canary-1 with its percent given, or still in preflight. */
function begin(inCanary: boolean): { model: Held; real: Story } {
  const real = new Story(profile);
  const started = newModel(real.now);
  if (!inCanary) return { model: { model: started, sessions: 1 }, real };
  real.reach("canary-1");
  const model: Model = {
    ...started,
    phase: 1,
    hook: "given",
    tries: 1,
    enteredUnixMs: real.state.phaseEnteredUnixMs,
  };
  return { model: { model, sessions: 1 }, real };
}

describe("random rollouts against the reference model", () => {
  test("agree after every step; their journals prove every promotion and replay to the live state", () => {
    const reached = new Map<string, number>();
    fc.assert(
      fc.property(commands, fc.boolean(), (script, inCanary) => {
        const { model, real } = begin(inCanary);
        fc.modelRun(() => ({ model, real }), script);
        expect(auditJournal(profile, real.events)).toEqual([]);
        expectSame(replay(real.events), real.state);
        reached.set(real.state.status, (reached.get(real.state.status) ?? 0) + 1);
        for (const { type } of real.events) reached.set(type, (reached.get(type) ?? 0) + 1);
      }),
      { numRuns: 300 },
    );
    // The runs are not all short: later phases, every ending and every kind of event are among them.
    for (const seen of [
      "canary-2",
      "aborted",
      "rolling_back",
      "clock-jumped",
      "session-opened",
      "effect-failed",
      "effect-retried",
      "phase-entered",
      "command-refused",
    ])
      expect(reached.get(seen) ?? 0, seen).toBeGreaterThan(0);
  });
});

/** Performs a script of actions on a story, each after an interval. */
function act(story: Story, script: readonly Action[]): void {
  for (const action of script) story.wait(5_000).apply(inputOf(action, story.state, story.now));
}

const scripts = fc.array(actions, { minLength: 1, maxLength: 25 });

/** A console that died after some entries and was started again: its state is what its journal tells. */
function revive(entries: readonly (readonly RolloutEvent[])[], now: Instant): Story {
  const story = Story.resume(entries, now);
  expectSame(story.state, replay(entries.flat()));
  return story;
}

describe("a crash after any entry", () => {
  test("leads to what a restart without a crash leads to, and on the same clock to nothing else at all", () => {
    let cuts = 0;
    fc.assert(
      fc.property(scripts, scripts, fc.boolean(), (before, after, restarted) => {
        const story = begin(true).real;
        act(story, before);
        const crashed = revive(JSON.parse(JSON.stringify(story.entries)), story.now);
        if (restarted) {
          story.wait(1_200_000).restart("console-2");
          crashed.wait(1_200_000).restart("console-2");
        }
        act(story, after);
        act(crashed, after);
        expectSame(crashed.entries, story.entries);
        cuts += 1;
      }),
      { numRuns: 200 },
    );
    expect(cuts).toBe(200);
  });

  test("or before one loses a decision whole: what the journal tells decides the same again, at every entry", () => {
    let decisions = 0;
    fc.assert(
      fc.property(scripts, (script) => {
        const story = begin(true).real;
        for (const action of script) {
          story.wait(5_000);
          const crashed = revive(JSON.parse(JSON.stringify(story.entries)), story.now);
          const input = inputOf(action, story.state, story.now);
          expectSame(crashed.apply(input), story.apply(input));
          decisions += 1;
        }
        expect(auditJournal(profile, story.events)).toEqual([]);
      }),
      { numRuns: 100 },
    );
    expect(decisions).toBeGreaterThan(500);
  });

  test("an effect whose acknowledgement is lost any number of times is done exactly once or given up", () => {
    const outcomes = { done: 0, "given up": 0 };
    fc.assert(
      fc.property(fc.array(fc.constantFrom("lost", "found"), { maxLength: 4 }), (losses) => {
        const story = begin(false).real;
        story.wait(1_000).check();
        story.command("promote");
        const effectId = story.state.effects.at(-1)?.effectId ?? "none";
        const result = { kind: "effect-result", effectId, ok: true, detail: "", output: "" } as const;
        story.apply({ kind: "effect-attempt", effectId });
        for (const [index, loss] of losses.entries()) {
          const back = revive(story.entries, story.now);
          back.restart(`console-${index + 2}`);
          if (loss === "lost") back.apply({ kind: "effect-attempt", effectId });
          else {
            back.apply(result);
            expect(back.apply(result).events).toEqual([]);
            expect(back.apply({ kind: "effect-attempt", effectId }).events).toEqual([]);
          }
          story.entries.splice(0, story.entries.length, ...back.entries);
        }
        const end = revive(story.entries, story.now);
        end.apply(result);
        const done = end.events.filter(({ type }) => type === "effect-done").length;
        const failed = end.events.filter((event) => event.type === "effect-failed" && event.final).length;
        expect(done + failed).toBe(1);
        outcomes[done === 1 ? "done" : "given up"] += 1;
      }),
      { numRuns: 100 },
    );
    expect(Math.min(outcomes.done, outcomes["given up"])).toBeGreaterThan(0);
  });
});
