import type { Instant, Observation } from "#contract/rollout/observation";
import { decide } from "#domain/rollout/decide";
import { evolve } from "#domain/rollout/evolve";
import type { Decision, RolloutInput, RolloutState } from "#domain/rollout/state";
import { expect } from "vitest";
import { healthyObservation, passingHarness, withSample } from "./observation";
import {
  afterAttempt,
  afterCheck,
  afterCommand,
  afterResult,
  percentOf,
  type CheckKind,
  type Model,
  type ModelCommand,
  type ModelSettings,
} from "./reference-model";
import { checkInput, commandInput } from "./story";

/** Everything that can be done to a rollout in a test, in the terms of the model. */
export type Action =
  | { readonly kind: "check"; readonly check: CheckKind }
  | { readonly kind: "command"; readonly command: ModelCommand }
  | { readonly kind: "session" }
  | { readonly kind: "attempt" }
  | { readonly kind: "result"; readonly ok: boolean };

/** What a check of each kind sees, in preflight as in every later phase. */
export function observationOf(kind: CheckKind, at: Instant): Observation {
  const healthy = healthyObservation(at);
  switch (kind) {
    case "pass":
      return healthy;
    case "fail":
      return withSample({ ...healthy, ci: { ...healthy.ci, conclusion: "skipped" } }, "voice", {
        queueDepth: 2,
      });
    case "stale":
      return withSample({ ...healthy, harness: passingHarness({ startedUnixMs: 1 }) }, "voice", {
        updatedUnixMs: 1,
      });
    case "missing":
      return withSample(healthy, "voice", {
        status: "missing",
        problem: "no such file",
        healthState: "failing",
        rolloutGate: "hold",
        failureStreak: 0,
        updatedUnixMs: null,
        record: null,
      });
    case "trigger":
      return withSample({ ...healthy, ci: { ...healthy.ci, conclusion: "failure" } }, "voice", {
        failureStreak: 3,
      });
  }
}

export function inputOf(action: Action, state: RolloutState, now: Instant): RolloutInput {
  const effectId = state.effects.at(-1)?.effectId ?? "none";
  switch (action.kind) {
    case "check":
      return checkInput(observationOf(action.check, now));
    case "command":
      return commandInput(state, action.command);
    case "session":
      return { kind: "session", repairedBytes: 0 };
    case "attempt":
      return { kind: "effect-attempt", effectId };
    case "result":
      return {
        kind: "effect-result",
        effectId,
        ok: action.ok,
        detail: action.ok ? "" : "exit code 1",
        output: "",
      };
  }
}

/** What the model says of an action; `done` only where the engine could refuse. */
export function modelAfter(
  model: Model,
  action: Action,
  now: Instant,
  settings: ModelSettings,
): { model: Model; done: boolean } {
  switch (action.kind) {
    case "check":
      return { model: afterCheck(model, action.check, now, settings), done: model.standing === "runs" };
    case "command":
      return afterCommand(model, action.command, now, settings);
    case "session":
      return { model: model.standing === "runs" ? { ...model, countingFrom: null } : model, done: true };
    case "attempt":
      return { model: afterAttempt(model, settings), done: true };
    case "result":
      return { model: afterResult(model, action.ok, settings), done: true };
  }
}

const phases = ["preflight", "canary-1", "canary-2", "canary-3", "general-availability"] as const;

/** How the model's words read in the engine's. */
export function statusOf({ standing, phase }: Model): RolloutState["status"] {
  const words = {
    complete: "complete",
    blocked: "blocked",
    aborted: "aborted",
    "rolls back": "rolling_back",
  } as const;
  return standing === "runs" ? (phases[phase] ?? "preflight") : words[standing];
}

/** The engine refused an action where the model does, and let it happen where the model does. */
export function expectSameAnswer({ refusal }: Decision, done: boolean, where = ""): void {
  expect(refusal === null, where).toBe(done);
}

/** Engine and model agree on everything the model knows. */
export function expectAgreement(state: RolloutState, model: Model): void {
  const newest = state.effects.at(-1);
  const hooks = { intended: "wanted", attempted: "running", done: "given", failed: "broken" } as const;
  expect({
    status: state.status,
    phase: state.phase,
    percent: state.percent,
    paused: state.paused !== null,
    creditMs: state.soak.creditedMs,
    counting: state.soak.countingFrom !== null,
    hook: newest === undefined ? "none" : hooks[newest.state],
    tries: newest?.attempt ?? 0,
  }).toEqual({
    status: statusOf(model),
    phase: phases[model.phase],
    percent: percentOf(model),
    paused: model.paused,
    creditMs: model.creditMs,
    counting: model.countingFrom !== null,
    hook: model.hook,
    tries: model.tries,
  });
}

/** Performs an action on the engine alone. */
export function perform(
  state: RolloutState,
  action: Action,
  now: Instant,
): { readonly state: RolloutState; readonly decision: Decision } {
  const decision = decide(state, inputOf(action, state, now), now);
  return { state: decision.events.reduce<RolloutState>(evolve, state), decision };
}
