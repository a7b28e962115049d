import type { HealthSnapshot } from "#contract/health";
import type { FieldReader } from "../decode";
import type { Json, JsonObject } from "../json";

/** How one case of a fixture ends (spec/tau/surfaces.md §1). */
export const caseOutcomes = ["success", "malformed_input", "retryable_failure"] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

/** What a fixture says must come of a case. `statusCode` is null on surfaces without one (dashboard, memory). */
export interface CaseExpectation {
  readonly outcome: CaseOutcome;
  readonly errorCode: string;
  readonly statusCode: number | null;
}

/** The keys every surface's cases share; `caseId` is trimmed. `path` names the case in messages (`cases[3]`). */
export interface ContractCase {
  readonly path: string;
  readonly caseId: string;
  readonly simulateRetryableFailure: boolean;
  readonly expected: CaseExpectation;
}

/** What one attempt at a case came to. `errorCode` is "" on success; `statusCode` null on surfaces without one. */
export interface CaseEvaluation {
  readonly outcome: CaseOutcome;
  readonly errorCode: string;
  readonly statusCode: number | null;
}

/** What a concluded case leaves in the channel store (spec/tau/surfaces.md §6). */
export interface ChannelEntry {
  readonly transport: string;
  /** As the surface names it; made safe for a folder name only where it becomes one. */
  readonly channelId: string;
  readonly logPayload: JsonObject;
  /** One line for people. */
  readonly contextText: string;
  /** The whole new MEMORY.md, or null to leave it as it is. */
  readonly memory: string | null;
}

/** A case that ended, with its last evaluation and the state before it; the time in milliseconds since the Unix epoch. */
export interface ConcludedCase<Case extends ContractCase, State, Evaluation extends CaseEvaluation> {
  readonly item: Case;
  readonly key: string;
  readonly evaluation: Evaluation;
  readonly state: State;
  readonly nowUnixMs: number;
}

/** What a concluded case changes. Counters are added to the cycle's own. */
export interface CaseConclusion<State, Counter extends string> {
  readonly state: State;
  readonly counters: Readonly<Partial<Record<Counter, number>>>;
  readonly channel: ChannelEntry | null;
}

/** A reason code that is given when any of these counters is above zero (spec/tau/surfaces.md §4). */
export interface ReasonRule<Counter extends string> {
  readonly code: string;
  readonly counters: readonly Counter[];
}

/** Figures every surface's cycle counts, by their name in the event log. */
export interface CycleCounters {
  readonly discovered_cases: number;
  readonly queued_cases: number;
  readonly applied_cases: number;
  readonly duplicate_skips: number;
  readonly malformed_cases: number;
  readonly retryable_failures: number;
  readonly retry_attempts: number;
  readonly failed_cases: number;
}

/** Keys of `state.json` around the common ones: `schema_version, processed_case_keys, …beforeHealth, health, …afterHealth`. */
export interface StateFields {
  readonly beforeHealth: Readonly<Record<string, Json>>;
  readonly afterHealth?: Readonly<Record<string, Json>>;
}

/**
 * One surface, as the common cycle needs it. Every function is pure, but `evaluate` may wait for a port that was given
 * to the function that made the definition (a custom command's process, a deployment's manifest).
 */
export interface SurfaceDefinition<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
> {
  /** Name in errors, as `voice` in "unsupported voice contract schema version". */
  readonly contractLabel: string;
  /** Name at the head of the two lines on standard output. */
  readonly label: string;
  /** `source` of channel log records. */
  readonly source: string;

  /** Shape only; `common` has the shared keys. Throws a `ContractError`. */
  decodeCase(reader: FieldReader, common: ContractCase): Case;
  /** Rules beyond the shape, in file order. Throws a `ContractError`. */
  validateCase(item: Case): void;
  /** Last pass over all cases: supported values and error codes. Throws a `ContractError`. */
  checkCompatibility(item: Case): void;
  /** Order of the queue; null keeps the order of the file. */
  readonly compareCases: ((left: Case, right: Case) => number) | null;
  caseKey(item: Case): string;

  readonly emptyState: State;
  /** Reads the surface's own keys of `state.json`, sorted as they are written. Throws a `ContractError`. */
  decodeState(reader: FieldReader): State;
  encodeState(state: State): StateFields;

  evaluate(item: Case, state: State): Evaluation | Promise<Evaluation>;
  /** Compares what is left after outcome, status and error code; the message of a difference, else null. */
  payloadDrift(item: Case, evaluation: Evaluation): string | null;
  /** Figures that count every attempt, also those that are retried. */
  countAttempt?(item: Case, evaluation: Evaluation): Readonly<Partial<Record<Counter, number>>>;
  /** Called once per case, with its last evaluation: applied, malformed, or failed after the last attempt. */
  conclude(concluded: ConcludedCase<Case, State, Evaluation>): CaseConclusion<State, Counter>;
  /** Last change to the state, and keys the event record carries right after `health_reason` (gateway). */
  finish?(finished: {
    readonly state: State;
    readonly counters: CycleCounters;
    readonly health: HealthSnapshot;
  }): { readonly state: State; readonly eventFields: Readonly<Record<string, Json>> };

  /** The surface's figures, by their name in the event log, in the order they are written. */
  readonly counters: readonly Counter[];
  /** Figures that carry another name on standard output. */
  readonly summaryNames?: Readonly<Partial<Record<Counter, string>>>;
  /** Codes in place of `malformed_inputs_observed` (browser automation). */
  readonly malformedReasons?: readonly ReasonRule<Counter>[];
  /** Codes after the common ones. */
  readonly reasons: readonly ReasonRule<Counter>[];
}
