import type { Clock } from "../clock";
import type {
  CaseEvaluation,
  ChannelEntry,
  ContractCase,
  CycleCounters,
  SurfaceDefinition,
} from "./definition";
import { requireNoDrift } from "./drift";
import type { ContractFixture } from "./fixture";
import { cycleHealth } from "./health-snapshot";
import { ProcessedKeys } from "./processed-keys";
import { deriveReasonCodes } from "./reason-codes";
import { printEventLine, printHealthLine, printSummaryLine } from "./reports";
import { printStateDocument, type StateDocument } from "./state-document";

/** Limits of one cycle, all at least 1 but the delay (milliseconds, spec/tau/surfaces.md §§2, 3). */
export interface CycleLimits {
  readonly queueLimit: number;
  readonly processedCaseCap: number;
  readonly retryMaxAttempts: number;
  readonly retryBaseDelayMs: number;
}

/** The reference's defaults (spec/tau/surfaces.md §3). */
export const defaultCycleLimits: CycleLimits = {
  queueLimit: 64,
  processedCaseCap: 10_000,
  retryMaxAttempts: 4,
  retryBaseDelayMs: 0,
};

export interface CyclePorts {
  readonly clock: Clock;
  /** Waits before a retry; may reject to end the cycle early, in which case nothing is written. */
  sleep(milliseconds: number): Promise<void>;
}

/** One case's entry for the channel store, with what the log record around it needs. */
export interface StampedChannelEntry extends ChannelEntry {
  /** Who the log record comes from: the runner itself unless it says otherwise (voice live answers as `assistant`). */
  readonly direction?: "assistant";
  readonly eventKey: string;
  readonly source: string;
  readonly timestampUnixMs: number;
}

/** Everything a cycle wants written, in the order it happened, and what it prints. Nothing has been written yet. */
export interface CyclePlan {
  readonly stateText: string;
  readonly eventLine: string;
  readonly channelEntries: readonly StampedChannelEntry[];
  readonly stdoutLines: readonly [summary: string, health: string];
}

/** Milliseconds to wait after a failed attempt (1 = first): doubling from `base`, at most 1024 times it (spec/tau/surfaces.md §2). */
export function retryDelayMs(base: number, attempt: number): number {
  return base * 2 ** Math.min(attempt - 1, 10);
}

/**
 * Plays one cycle in memory (spec/tau/surfaces.md §2). A case that does not come out as its fixture says throws a
 * `ContractError`, and since nothing is written here, it leaves nothing behind.
 */
export async function playCycle<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
>(
  definition: SurfaceDefinition<Case, State, Evaluation, Counter>,
  fixture: ContractFixture<Case>,
  before: StateDocument<State>,
  limits: CycleLimits,
  ports: CyclePorts,
): Promise<CyclePlan> {
  const startedMs = ports.clock.monotonicMs();
  const processed = new ProcessedKeys(before.processedCaseKeys, limits.processedCaseCap);
  const ordered =
    definition.compareCases === null ? fixture.cases : fixture.cases.toSorted(definition.compareCases);
  const queue = ordered.slice(0, limits.queueLimit);
  const channelEntries: StampedChannelEntry[] = [];
  const surfaceCounters = Object.fromEntries(definition.counters.map((name) => [name, 0])) as Record<
    Counter,
    number
  >;
  const count = (added: Readonly<Partial<Record<Counter, number>>> | undefined) => {
    for (const name of definition.counters) surfaceCounters[name] += added?.[name] ?? 0;
  };
  let { state } = before;
  let duplicates = 0;
  let applied = 0;
  let malformed = 0;
  let retryable = 0;
  let retries = 0;
  let failed = 0;

  const attempt = async (item: Case): Promise<Evaluation> => {
    const evaluation = await definition.evaluate(item, state);
    requireNoDrift(item, evaluation, () => definition.payloadDrift(item, evaluation));
    count(definition.countAttempt?.(item, evaluation));
    if (evaluation.outcome === "retryable_failure") retryable += 1;
    return evaluation;
  };
  const conclude = (item: Case, key: string, evaluation: Evaluation) => {
    const nowUnixMs = ports.clock.nowUnixMs();
    const conclusion = definition.conclude({ item, key, evaluation, state, nowUnixMs });
    state = conclusion.state;
    count(conclusion.counters);
    if (conclusion.channel === null) return;
    const stamp = { eventKey: key, source: definition.source, timestampUnixMs: nowUnixMs };
    channelEntries.push({ ...conclusion.channel, ...stamp });
  };

  for (const item of queue) {
    const key = definition.caseKey(item);
    if (processed.has(key)) {
      duplicates += 1;
      continue;
    }
    let evaluation = await attempt(item);
    for (
      let attempts = 1;
      evaluation.outcome === "retryable_failure" && attempts < limits.retryMaxAttempts;
      attempts += 1
    ) {
      retries += 1;
      const delay = retryDelayMs(limits.retryBaseDelayMs, attempts);
      if (delay > 0) await ports.sleep(delay);
      evaluation = await attempt(item);
    }
    conclude(item, key, evaluation);
    if (evaluation.outcome === "success") applied += 1;
    else if (evaluation.outcome === "malformed_input") malformed += 1;
    else failed += 1;
    // A failed case stays unremembered, so that every later cycle tries it again.
    if (evaluation.outcome !== "retryable_failure") processed.remember(key);
  }

  const counters: CycleCounters = {
    discovered_cases: fixture.cases.length,
    queued_cases: queue.length,
    applied_cases: applied,
    duplicate_skips: duplicates,
    malformed_cases: malformed,
    retryable_failures: retryable,
    retry_attempts: retries,
    failed_cases: failed,
  };
  const durationMs = Math.max(0, Math.floor(ports.clock.monotonicMs() - startedMs));
  const health = cycleHealth(counters, before.health.failure_streak, ports.clock.nowUnixMs(), durationMs);
  const finished = definition.finish?.({ state, counters, health }) ?? { state, eventFields: {} };
  const report = {
    label: definition.label,
    counters,
    surfaceCounters,
    counterNames: definition.counters,
    summaryNames: definition.summaryNames,
    health,
    reasonCodes: deriveReasonCodes(counters, surfaceCounters, definition),
    eventFields: finished.eventFields,
  };
  return {
    stateText: printStateDocument(processed.list(), definition.encodeState(finished.state), health),
    eventLine: printEventLine(report, ports.clock.nowUnixMs()),
    channelEntries,
    stdoutLines: [printSummaryLine(report), printHealthLine(definition.label, health)],
  };
}
