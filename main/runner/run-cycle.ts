import { setTimeout as wait } from "node:timers/promises";
import { ContractError } from "#domain/contract-error";
import type { CaseEvaluation, ContractCase, SurfaceDefinition } from "#domain/cycle/definition";
import { playCycle, type CycleLimits } from "#domain/cycle/play-cycle";
import { systemClock } from "../system/clock";
import { loadFixture } from "./load-fixture";
import { withStateDirectory, type StateDirectoryPorts } from "./state-directory";

/** One cycle of one surface. Paths are absolute or relative to the working directory. */
interface CycleOptions {
  readonly fixturePath: string;
  readonly stateDir: string;
  readonly limits: CycleLimits;
}

export interface RunPorts extends StateDirectoryPorts {
  /** Ends the cycle early; nothing is written then. */
  readonly signal?: AbortSignal;
}

export interface CycleOutcome {
  readonly stdoutLines: readonly [summary: string, health: string];
}

/** A surface whose types are known only to itself: checks a fixture, or runs a cycle. */
export interface CycleRunner {
  /** Reads and checks a fixture file; what an operator sees before picking it. Throws a `ContractError`. */
  describeFixture(fixturePath: string): {
    readonly name: string;
    readonly description: string;
    readonly cases: number;
  };
  run(options: CycleOptions, ports: RunPorts): Promise<CycleOutcome>;
}

/** What a definition may need of the edge: the clock, and when to stop. */
export type DefinitionPorts = Pick<RunPorts, "clock" | "signal">;

/** Closes over a definition's types; `define` is called once per use, because some definitions hold ports. */
export function cycleRunner<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
>(define: (ports: DefinitionPorts) => SurfaceDefinition<Case, State, Evaluation, Counter>): CycleRunner {
  return {
    describeFixture(fixturePath) {
      const { name, description, cases } = loadFixture(define({ clock: systemClock }), fixturePath);
      return { name, description, cases: cases.length };
    },
    run: (options, ports) => runCycle(define(ports), options, ports),
  };
}

/**
 * Runs one cycle (spec/tau/surfaces.md §2): fixture, lock, repair of what an earlier process left, state, cases in
 * memory, and then one durable step for state, event and channel store. Throws a `ContractError`; short of a failing
 * disk, nothing has been written then.
 */
async function runCycle<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
>(
  definition: SurfaceDefinition<Case, State, Evaluation, Counter>,
  options: CycleOptions,
  ports: RunPorts,
): Promise<CycleOutcome> {
  requireLimits(options.limits);
  const fixture = loadFixture(definition, options.fixturePath);
  return withStateDirectory(options.stateDir, definition.label, ports, async (opened) => {
    const plan = await playCycle(definition, fixture, opened.read(definition), options.limits, {
      clock: ports.clock,
      sleep: (milliseconds) => sleep(milliseconds, ports.signal),
    });
    requireNotCancelled(ports.signal);
    opened.commit(plan);
    return { stdoutLines: plan.stdoutLines };
  });
}

function requireLimits(limits: CycleLimits): void {
  const least = { queueLimit: 1, processedCaseCap: 1, retryMaxAttempts: 1, retryBaseDelayMs: 0 };
  for (const [name, minimum] of Object.entries(least)) {
    const value = limits[name as keyof CycleLimits];
    if (!Number.isSafeInteger(value) || value < minimum) {
      throw new ContractError(`${name}: expected an integer of at least ${minimum}, found ${value}`);
    }
  }
}

async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch {
    requireNotCancelled(signal);
  }
}

function requireNotCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new ContractError("cycle cancelled; nothing was written");
}
