import { describe, expect, test } from "vitest";
import type { Instant } from "#contract/rollout/observation";
import type { PhaseId } from "#contract/rollout/vocabulary";
import { isRunning } from "#domain/rollout/standing";
import type { RolloutState } from "#domain/rollout/state";
import {
  expectAgreement,
  expectSameAnswer,
  modelAfter,
  perform,
  type Action,
} from "../../support/rollout/acting";
import { newModel, type Model, type ModelSettings } from "../../support/rollout/reference-model";
import { expectSame, fold, hook, shortProfile, Story } from "../../support/rollout/story";

const intervalMs = 10_000;
const settings: ModelSettings = { intervalMs, soakMs: 20_000, attempts: hook.attempts };
const depth = 8;

/** Twelve things that can happen; a hook that is run is one of them, from its attempt to its result. */
const alphabet: Readonly<Record<string, readonly Action[]>> = {
  "passing check": [{ kind: "check", check: "pass" }],
  "failing check": [{ kind: "check", check: "fail" }],
  "stale check": [{ kind: "check", check: "stale" }],
  "trigger check": [{ kind: "check", check: "trigger" }],
  pause: [{ kind: "command", command: "pause" }],
  resume: [{ kind: "command", command: "resume" }],
  promote: [{ kind: "command", command: "promote" }],
  abort: [{ kind: "command", command: "abort" }],
  rollback: [{ kind: "command", command: "rollback" }],
  restart: [{ kind: "session" }],
  "hook ok": [{ kind: "attempt" }, { kind: "result", ok: true }],
  "hook fail": [{ kind: "attempt" }, { kind: "result", ok: false }],
};

interface Node {
  readonly state: RolloutState;
  readonly model: Model;
  readonly now: Instant;
  readonly path: readonly string[];
}

/**
 * Everything the future of a node can depend on, times relative to now: beyond two check intervals an age no longer
 * matters, for the credit of a gap and the age of a check end there.
 */
function hashOf({ state, model, now }: Node): string {
  const ago = (at: Instant | null): number | string | null =>
    at === null
      ? null
      : at.session === now.session
        ? Math.min(now.monotonicMs - at.monotonicMs, 2 * intervalMs + 1)
        : "lost";
  const { standing, phase, paused, missingInARow, hook: hookOf, tries } = model;
  return JSON.stringify([
    state.status,
    state.phase,
    state.percent,
    state.paused !== null,
    Math.min(state.soak.creditedMs, settings.soakMs),
    ago(state.soak.countingFrom),
    state.lastCheck === null ? null : [state.lastCheck.verdicts, ago(state.lastCheck.observation.at)],
    state.checks > (state.baselines.phase?.check ?? 0),
    state.baselines.phase?.surfaces,
    state.unhealthyChecks,
    state.triggers.map(({ trigger }) => trigger),
    state.effects.map((effect) => [effect.purpose, effect.percent, effect.state, effect.attempt]),
    state.lastInstant.session === now.session,
    [standing, phase, paused, missingInARow, hookOf, tries],
    [Math.min(model.creditMs, settings.soakMs), ago(model.countingFrom)],
    model.last === null ? null : [model.last.passed, ago(model.last.at)],
  ]);
}

/** What must hold on every edge, whatever the model says. */
function expectSafe(before: RolloutState, after: RolloutState, types: readonly string[]): void {
  if (!isRunning(before.status)) {
    expect(isRunning(after.status)).toBe(false);
    expect(after.percent).toBeLessThanOrEqual(before.percent);
    if (before.status !== "aborted") expect(after.status).toBe(before.status);
  }
  if (types.includes("phase-entered") || types.includes("rollout-completed")) {
    const needed = before.phase === "preflight" ? 0 : settings.soakMs;
    expect(before.soak.creditedMs).toBeGreaterThanOrEqual(needed);
    expect(before.paused).toBeNull();
    expect(before.triggers).toEqual([]);
    expect(before.effects.at(-1)?.state ?? "done").toBe("done");
  }
}

/** The same but for what a refusal is allowed to change: the count of events and where time went. */
function lasting({ events, lastInstant, phases, ...rest }: RolloutState): string {
  void [events, lastInstant];
  return JSON.stringify([rest, phases.map(({ durations, ...phase }) => [phase, Object.keys(durations)])]);
}

function explore(root: Node): { states: number; edges: number; promotions: number; completions: number } {
  const seen = new Set([hashOf(root)]);
  const counts = { states: 1, edges: 0, promotions: 0, completions: 0 };
  let level: Node[] = [root];
  for (let step = 0; step < depth; step += 1) {
    const next: Node[] = [];
    for (const node of level)
      for (const [name, actions] of Object.entries(alphabet)) {
        const session = name === "restart" ? `${node.now.session}'` : node.now.session;
        const now: Instant = {
          unixMs: node.now.unixMs + intervalMs,
          monotonicMs: name === "restart" ? 5 : node.now.monotonicMs + intervalMs,
          session,
        };
        let { state, model } = node;
        for (const action of actions) {
          const performed = perform(state, action, now);
          const types = performed.decision.events.map(({ type }) => type);
          const expected = modelAfter(model, action, now, settings);
          const where = [...node.path, name].join(" > ");
          expectSameAnswer(performed.decision, expected.done, where);
          expectAgreement(performed.state, expected.model);
          expectSafe(state, performed.state, types);
          expectSame(fold(state, performed.decision), performed.state);
          if (performed.decision.refusal !== null) expect(lasting(performed.state)).toBe(lasting(state));
          if (name === "pause" || name === "resume") {
            const again = perform(performed.state, action, now).decision;
            if (performed.decision.refusal === null)
              expect([again.events, again.refusal]).toEqual([[], null]);
          }
          if (types.includes("phase-entered")) counts.promotions += 1;
          if (types.includes("rollout-completed")) counts.completions += 1;
          ({ state } = performed);
          ({ model } = expected);
        }
        counts.edges += 1;
        const child: Node = { state, model, now, path: [...node.path, name] };
        const hash = hashOf(child);
        if (seen.has(hash)) continue;
        seen.add(hash);
        counts.states += 1;
        next.push(child);
      }
    level = next;
  }
  return counts;
}

/** A story that has just entered a phase and given its percent, with the model beside it. */
function rootIn(phase: PhaseId, index: number): Node {
  const story = new Story(shortProfile({ percentHook: hook }, settings.soakMs));
  story.reach(phase);
  const entered: Model = {
    ...newModel(story.now),
    phase: index,
    enteredUnixMs: story.state.phaseEnteredUnixMs,
    hook: index === 0 ? "none" : "given",
    tries: index === 0 ? 0 : 1,
  };
  return { state: story.state, model: entered, now: story.now, path: [phase] };
}

describe(`every sequence of ${depth} out of ${Object.keys(alphabet).length} things that can happen`, () => {
  // How much there is to see: an exploration that stops early, or prunes what differs, proves nothing.
  test.each([
    { phase: "preflight", index: 0, least: { states: 1_300, edges: 12_000, promotions: 5, completions: 0 } },
    { phase: "canary-3", index: 3, least: { states: 900, edges: 7_000, promotions: 3, completions: 0 } },
    {
      phase: "general-availability",
      index: 4,
      least: { states: 350, edges: 4_500, promotions: 0, completions: 3 },
    },
  ] as const)(
    "from $phase: engine and model agree, and nothing unproven is promoted",
    ({ phase, index, least }) => {
      const root = rootIn(phase, index);
      expectAgreement(root.state, root.model);
      const seen = explore(root);
      for (const what of ["states", "edges", "promotions", "completions"] as const)
        expect(seen[what], what).toBeGreaterThanOrEqual(least[what]);
    },
  );
});
