import type { SurfaceId } from "#contract/identity";
import type { Actor, Candidate, Refusal, RolloutCommand, StartRollout } from "#contract/rollout/command";
import type { Baseline, CheckRecord, RolloutEvent } from "#contract/rollout/journal";
import type { Instant, Observation } from "#contract/rollout/observation";
import type { RolloutProfile } from "#contract/rollout/profile";
import type { CellExplanation, Finding, RuleVerdict } from "#contract/rollout/verdict";
import type { Durations } from "#contract/rollout/view";
import type { PhaseId, RolloutStatus, TriggerId } from "#contract/rollout/vocabulary";

/** A trigger that fired; only a new rollout clears it (spec/tau/rollout.md §4). */
export interface FiredTrigger {
  readonly trigger: TriggerId;
  readonly primary: boolean;
  readonly check: number;
  readonly unixMs: number;
  readonly findings: readonly Finding[];
}

/** Evidence time of the present phase. */
export interface Soak {
  readonly creditedMs: number;
  /** Passing check from which time counts; null while nothing counts. Only a later check of the same session can add to it. */
  readonly countingFrom: Instant | null;
}

/** One giving of a percent to the world, from its intention to its outcome. */
export interface Effect {
  readonly effectId: string;
  /** The phase entered, or `rollback`. */
  readonly purpose: PhaseId | "rollback";
  readonly percent: number;
  readonly state: "intended" | "attempted" | "done" | "failed";
  /** Attempts so far, since it was intended or last retried by hand. */
  readonly attempt: number;
  readonly detail: string;
  readonly output: string;
  readonly changedUnixMs: number;
}

export interface PhaseRecord {
  readonly phase: PhaseId;
  readonly enteredUnixMs: number;
  readonly leftUnixMs: number | null;
  readonly enteredBy: Actor;
  readonly creditedMs: number;
  readonly durations: Durations;
}

/** Everything a rollout is: the fold of its journal and nothing else. Plain data, comparable by its JSON. */
export interface RolloutState {
  readonly rolloutId: string;
  readonly candidate: Candidate;
  readonly profile: RolloutProfile;
  readonly profileSource: string;
  readonly startedUnixMs: number;
  readonly startedBy: Actor;
  readonly startReason: string;
  /** Events folded so far. */
  readonly events: number;
  /** Value of `events` when what a decision rests on last changed; commands are bound to it. */
  readonly revision: number;
  readonly status: RolloutStatus;
  /** The present phase, or the one in which the rollout ended. */
  readonly phase: PhaseId;
  /**
   * When the present phase was entered, on the wall clock as it is now: a jump of the clock moves it along, so that
   * samples written after the jump compare rightly.
   */
  readonly phaseEnteredUnixMs: number;
  /** Percent declared for the candidate. */
  readonly percent: number;
  readonly paused: { readonly sinceUnixMs: number; readonly by: Actor; readonly reason: string } | null;
  readonly soak: Soak;
  /** At canary-1 entry (G8, T3), at canary-3 entry (G11), and at the entry of the present phase (G13, trends). */
  readonly baselines: {
    readonly canary1: Baseline | null;
    readonly canary3: Baseline | null;
    readonly phase: Baseline | null;
  };
  readonly checks: number;
  readonly lastCheck: CheckRecord | null;
  /** Consecutive checks in which a surface was degraded or failing; a stale sample neither extends nor resets (§7 row 3). */
  readonly unhealthyChecks: Readonly<Record<SurfaceId, number>>;
  readonly triggers: readonly FiredTrigger[];
  readonly effects: readonly Effect[];
  readonly rollback: { readonly openedUnixMs: number; readonly trigger: TriggerId | null } | null;
  readonly ending: { readonly unixMs: number; readonly by: Actor; readonly reason: string } | null;
  readonly phases: readonly PhaseRecord[];
  readonly clockJumps: number;
  /** Last moment the journal tells of, for the next entry's clock check and for durations. */
  readonly lastInstant: Instant;
}

/** What the world asks of the engine. */
export type RolloutInput =
  | {
      readonly kind: "start";
      readonly rolloutId: string;
      readonly request: StartRollout;
      readonly profile: RolloutProfile;
      readonly profileSource: string;
      readonly by: Actor;
    }
  | {
      readonly kind: "check";
      readonly trigger: CheckRecord["trigger"];
      readonly observation: Observation;
      /** Identifier for the effect of an automatic promotion, or of a rollback that a trigger forces. */
      readonly effectId: string;
    }
  /** `check` of `RolloutCommand` is not decided: the host takes a check, after asking `refuseManualCheck`. */
  | {
      readonly kind: "command";
      readonly command: Exclude<RolloutCommand, { command: "check" }>;
      readonly by: Actor;
      readonly effectId: string;
    }
  | { readonly kind: "session"; readonly repairedBytes: number }
  | { readonly kind: "effect-attempt"; readonly effectId: string }
  | {
      readonly kind: "effect-result";
      readonly effectId: string;
      readonly ok: boolean;
      readonly detail: string;
      readonly output: string;
    };

/** What was decided: events to journal as one entry (none: nothing happens), and why a command was refused. */
export interface Decision {
  readonly events: readonly RolloutEvent[];
  readonly refusal: Refusal | null;
  /** For a command: what was done, or that it was so already. */
  readonly message: string;
}

/** `decide(state, input, now)`: pure. `state` is null before the rollout has started. */
export type Decide = (state: RolloutState | null, input: RolloutInput, now: Instant) => Decision;

/** `evolve(state, event)`: pure; never fails for events that `decide` gave. */
export type Evolve = (state: RolloutState | null, event: RolloutEvent) => RolloutState;

/** What judging one observation in one state gives; nothing here changes the state. */
export interface Evaluation {
  /** One verdict for every rule there is, in the order of `ruleIds`, whether the phase demands it or not. */
  readonly verdicts: readonly RuleVerdict[];
  /** Findings of the rules that hold: those the phase demands, and the standing ones. */
  readonly findings: readonly Finding[];
  /** Triggers whose condition is true now, gravest first (spec/tau/rollout.md §4); latched ones are not repeated. */
  readonly triggers: readonly { readonly trigger: TriggerId; readonly findings: readonly Finding[] }[];
  /** Every demanded rule and every standing one passed. */
  readonly allPass: boolean;
  /** A demanded gate failed on evidence (or its source is unreadable or missing, which counts as failing): the soak starts anew. */
  readonly restartsSoak: boolean;
  /** The new value of `RolloutState.unhealthyChecks`. */
  readonly unhealthyChecks: Readonly<Record<SurfaceId, number>>;
}

/** `evaluateCheck(state, observation)`: pure; takes time from `observation.at`. */
export type EvaluateCheck = (state: RolloutState, observation: Observation) => Evaluation;

/** `explainCell(state, check, rule, surface)`: why a recorded check said what it said; `state` is the one it was judged in. */
export type ExplainCell = (
  state: RolloutState,
  check: CheckRecord,
  rule: RuleVerdict["rule"],
  surface: SurfaceId | null,
) => CellExplanation;
