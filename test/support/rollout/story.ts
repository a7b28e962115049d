import type { RolloutCommand } from "#contract/rollout/command";
import { rolloutEventSchema, type RolloutEvent } from "#contract/rollout/journal";
import type { Instant, Observation } from "#contract/rollout/observation";
import { rolloutProfileSchema, type RolloutProfile } from "#contract/rollout/profile";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import { decide } from "#domain/rollout/decide";
import { evolve, replay } from "#domain/rollout/evolve";
import type { Decision, RolloutInput, RolloutState } from "#domain/rollout/state";
import { expect } from "vitest";
import { healthyObservation, instantAt, testCandidate } from "./observation";

type Command = Exclude<RolloutCommand, { command: "check" }>;
export type CommandName = Command["command"];

export const rolloutId = "20260213T154640Z-1f3a";
export const operator = { kind: "operator", name: "nora" } as const;

/** A profile of the contract's phases, each soak of the same length, with a check every 10 s. */
export function shortProfile(overrides: Partial<RolloutProfile> = {}, soakMs = 20_000): RolloutProfile {
  const [contract] = builtInProfiles;
  return rolloutProfileSchema.parse({
    ...contract,
    id: "short",
    checkIntervalMs: 10_000,
    manualCheckDistanceMs: 2_000,
    maximumEvidenceAgeMs: 60_000,
    phases: contract?.phases.map((phase) => ({
      ...phase,
      minimumSoakMs: phase.id === "preflight" ? 0 : soakMs,
    })),
    ...overrides,
  });
}

export const hook = {
  program: "give-percent",
  args: [],
  cwd: ".",
  timeoutMs: 1_000,
  attempts: 2,
  retryDelayMs: 0,
};

/** The input that starts the rollout every story is about. */
export const startInput = (profile: RolloutProfile): RolloutInput => ({
  kind: "start",
  rolloutId,
  request: { candidate: testCandidate, profileId: profile.id, reason: "release 2.8" },
  profile,
  profileSource: "built in",
  by: operator,
});

export const checkInput = (
  observation: Observation,
  trigger: "scheduled" | "manual" | "promotion" = "scheduled",
) => ({ kind: "check", trigger, observation, effectId: `effect-${observation.at.monotonicMs}` }) as const;

/** A command decided on the state as it is, unless another revision is given. */
export function commandInput(
  state: RolloutState,
  command: CommandName,
  extra: { revision?: number; freezeOverrideReason?: string; surface?: string } = {},
): RolloutInput {
  const { revision = state.revision, ...rest } = extra;
  const own =
    command === "promote"
      ? { freezeOverrideReason: null, ...rest }
      : command === "rebaseline"
        ? { surface: "voice", ...rest }
        : {};
  return {
    kind: "command",
    command: { command, rolloutId, revision, reason: `${command} now`, ...own } as Command,
    by: operator,
    effectId: `effect-${state.events}`,
  };
}

/** Folds a decision as the journal would: through JSON and the contract's schema. */
export function fold(state: RolloutState | null, { events }: Pick<Decision, "events">): RolloutState | null {
  return events.reduce<RolloutState | null>(
    (current, event) => evolve(current, rolloutEventSchema.parse(JSON.parse(JSON.stringify(event)))),
    state,
  );
}

/** Two states are the same to the last byte of their JSON; where they are not, the difference is shown as data. */
export function expectSame(left: unknown, right: unknown): void {
  if (JSON.stringify(left) === JSON.stringify(right)) return;
  expect(left).toEqual(right);
  expect.unreachable("equal but for the order of keys or values that JSON does not keep");
}

/** One rollout that a test drives: two clocks, the live state, and the journal it leaves. */
export class Story {
  readonly entries: (readonly RolloutEvent[])[] = [];
  #now: Instant;
  #state: RolloutState | null = null;

  constructor(profile: RolloutProfile | null = shortProfile(), at: Instant = instantAt(0)) {
    this.#now = at;
    if (profile !== null) this.apply(startInput(profile));
  }

  /** Goes on from what a journal tells, as a console does that finds it. */
  static resume(entries: readonly (readonly RolloutEvent[])[], now: Instant): Story {
    const story = new Story(null, now);
    story.entries.push(...entries);
    story.#state = replay(entries.flat());
    return story;
  }

  get now(): Instant {
    return this.#now;
  }

  get state(): RolloutState {
    if (this.#state === null) throw new Error("the story has no rollout");
    return this.#state;
  }

  get events(): RolloutEvent[] {
    return this.entries.flat();
  }

  /** Decides, journals and folds an input; the state replayed from the journal's JSON must be the live one. */
  apply(input: RolloutInput): Decision {
    const before = this.#state;
    const decision = decide(before, input, this.#now);
    if (decision.events.length === 0) return decision;
    this.entries.push(decision.events);
    this.#state = decision.events.reduce<RolloutState | null>(evolve, before);
    expectSame(fold(before, decision), this.#state);
    return decision;
  }

  wait(milliseconds: number): this {
    const { unixMs, monotonicMs, session } = this.#now;
    this.#now = { unixMs: unixMs + milliseconds, monotonicMs: monotonicMs + milliseconds, session };
    return this;
  }

  jump(milliseconds: number): this {
    this.#now = { ...this.#now, unixMs: this.#now.unixMs + milliseconds };
    return this;
  }

  restart(session: string, monotonicMs = 5): this {
    this.#now = { ...this.#now, session, monotonicMs };
    this.apply({ kind: "session", repairedBytes: 0 });
    return this;
  }

  check(
    change: (observation: Observation) => Observation = (same) => same,
    trigger?: "manual" | "promotion",
  ): Decision {
    return this.apply(checkInput(change(healthyObservation(this.#now)), trigger));
  }

  command(command: CommandName, extra?: Parameters<typeof commandInput>[2]): Decision {
    return this.apply(commandInput(this.state, command, extra));
  }

  /** The hook's attempt and what came of it. */
  hook(ok: boolean): this {
    const effectId = this.state.effects.at(-1)?.effectId ?? "none";
    this.apply({ kind: "effect-attempt", effectId });
    this.apply({ kind: "effect-result", effectId, ok, detail: ok ? "" : "exit code 1", output: "said so" });
    return this;
  }

  /** Passing checks at the profile's interval, the first one after one interval. */
  passes(count: number): this {
    for (let index = 0; index < count; index += 1) this.wait(this.state.profile.checkIntervalMs).check();
    return this;
  }

  /** Goes on by passing checks and promotions until the phase is entered. */
  reach(phase: RolloutState["phase"]): this {
    for (let index = 0; this.state.phase !== phase && index < 2_000; index += 1) {
      this.passes(1);
      if (this.command("promote").refusal === null && this.state.profile.percentHook !== null)
        this.hook(true);
    }
    if (this.state.status !== phase) throw new Error(`${phase} was not reached: ${this.state.status}`);
    return this;
  }
}
