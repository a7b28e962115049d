import type { RolloutCommand } from "#contract/rollout/command";
import type { Instant, Observation } from "#contract/rollout/observation";
import type { RolloutProfile } from "#contract/rollout/profile";
import type { RolloutView } from "#contract/rollout/view";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import { decide } from "#domain/rollout/decide";
import { evolve } from "#domain/rollout/evolve";
import type { Decision, RolloutInput, RolloutState } from "#domain/rollout/state";
import { viewOf } from "#domain/rollout/view";
import { healthyObservation, instantAt, testCandidate } from "../../support/rollout/observation";

type Deciding = Exclude<RolloutCommand, { command: "check" }>;

const operator = { kind: "operator", name: "alice" } as const;

/** The default profile with these changes. */
export function profileWith(changes: Partial<RolloutProfile> = {}): RolloutProfile {
  const [profile] = builtInProfiles;
  if (profile === undefined) throw new Error("no profile is built in");
  return { ...profile, ...changes };
}

/** A rollout that is taken through its story by the engine itself, at times the story chooses. */
export class Story {
  #state: RolloutState | null = null;
  #effects = 0;
  #elapsedMs = 0;
  readonly profile: RolloutProfile;

  constructor(profile: RolloutProfile = profileWith()) {
    this.profile = profile;
    this.feed({
      kind: "start",
      rolloutId: "20260213T154640Z-1f3a",
      request: { candidate: testCandidate, profileId: profile.id, reason: "release 2.8" },
      profile,
      profileSource: "built in",
      by: operator,
    });
  }

  get state(): RolloutState {
    if (this.#state === null) throw new Error("the rollout has not started");
    return this.#state;
  }

  get now(): Instant {
    return instantAt(this.#elapsedMs);
  }

  /** Lets time pass in which nothing happens. */
  wait(milliseconds: number): this {
    this.#elapsedMs += milliseconds;
    return this;
  }

  /** Gives the engine an input; what it decides has happened. */
  feed(input: RolloutInput): Decision {
    const decision = decide(this.#state, input, this.now);
    for (const event of decision.events) this.#state = evolve(this.#state, event);
    return decision;
  }

  /** A scheduled check of what is seen now: everything healthy, but for the change. */
  check(change: (healthy: Observation) => Observation = (healthy) => healthy): this {
    this.feed({
      kind: "check",
      trigger: "scheduled",
      observation: change(healthyObservation(this.now)),
      effectId: this.#nextEffect(),
    });
    return this;
  }

  /** A command on the state as it is now; it must not be refused. */
  command<Name extends Deciding["command"]>(
    command: Name,
    more: Partial<Omit<Extract<Deciding, { command: Name }>, "command">> = {},
  ): this {
    const { rolloutId, revision } = this.state;
    const bound = { rolloutId, revision, reason: "because", freezeOverrideReason: null, command, ...more };
    const decision = this.feed({
      kind: "command",
      command: bound as unknown as Deciding,
      by: operator,
      effectId: this.#nextEffect(),
    });
    if (decision.refusal !== null) throw new Error(`${command} was refused: ${decision.refusal.message}`);
    return this;
  }

  /** Checks at the profile's interval until the soak of the phase is complete. */
  soak(change?: (healthy: Observation) => Observation): this {
    const { minimumSoakMs } = this.profile.phases.find(({ id }) => id === this.state.phase) ?? {
      minimumSoakMs: 0,
    };
    this.check(change);
    for (let soaked = 0; soaked < minimumSoakMs; soaked += this.profile.checkIntervalMs)
      this.wait(this.profile.checkIntervalMs).check(change);
    return this;
  }

  /** Everything green and promoted until the phase is entered, and a minute into it. */
  reach(phase: RolloutState["phase"]): this {
    while (this.state.phase !== phase) this.soak().command("promote").wait(60_000);
    return this;
  }

  /** What is shown now; the next check is due a minute from now unless another time is given. */
  view(changes: { nextCheckUnixMs?: number | null; now?: Instant; problem?: string } = {}): RolloutView {
    const now = changes.now ?? this.now;
    return viewOf(this.state, {
      now,
      nextCheckUnixMs: changes.nextCheckUnixMs === undefined ? now.unixMs + 60_000 : changes.nextCheckUnixMs,
      journal: {
        path: "journal.jsonl",
        entries: this.state.events,
        problem: changes.problem ?? "",
        record: null,
      },
    });
  }

  #nextEffect(): string {
    this.#effects += 1;
    return `effect-${this.#effects}`;
  }
}
