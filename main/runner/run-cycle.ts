import { mkdirSync, rmdirSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "#domain/clock";
import { ContractError, describeError, withContext } from "#domain/contract-error";
import type { CaseEvaluation, ContractCase, SurfaceDefinition } from "#domain/cycle/definition";
import { parseFixture, type ContractFixture } from "#domain/cycle/fixture";
import { emptyHealth } from "#domain/cycle/health-snapshot";
import { playCycle, type CycleLimits } from "#domain/cycle/play-cycle";
import { parseStateDocument, type StateDocument } from "#domain/cycle/state-document";
import { channelChanges } from "./channel-store";
import { appendChange, commitChanges, recoverCommit, type CommitPorts } from "./commit";
import { acquireLock } from "./lock";
import { diskFiles, readIfPresent, sha256, type StateFiles } from "./state-files";

/** One cycle of one surface. Paths are absolute or relative to the working directory. */
export interface CycleOptions {
  readonly fixturePath: string;
  readonly stateDir: string;
  readonly limits: CycleLimits;
}

export interface RunPorts {
  readonly clock: Clock;
  /** One line for standard error. */
  warn(message: string): void;
  /** Ends the cycle early; nothing is written then. */
  readonly signal?: AbortSignal;
  /** The disk, unless a test puts something between. */
  readonly files?: StateFiles;
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

/** Closes over a definition's types. */
export function cycleRunner<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
>(definition: SurfaceDefinition<Case, State, Evaluation, Counter>): CycleRunner {
  return {
    describeFixture(fixturePath) {
      const { name, description, cases } = loadFixture(definition, fixturePath);
      return { name, description, cases: cases.length };
    },
    run: (options, ports) => runCycle(definition, options, ports),
  };
}

/**
 * Runs one cycle (spec/tau/surfaces.md §2): fixture, lock, repair of what an earlier process left, state, cases in
 * memory, and then one durable step for state, event and channel store. Throws a `ContractError`; short of a failing
 * disk, nothing has been written then.
 */
export async function runCycle<
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
  const stateDir = path.resolve(options.stateDir);
  const made = makeStateDir(stateDir);
  let written = false;
  try {
    const lock = acquireLock(stateDir);
    try {
      const commitPorts: CommitPorts = {
        files: ports.files ?? diskFiles,
        nowUnixMs: () => ports.clock.nowUnixMs(),
        warn: (message) => ports.warn(`${definition.label} runner: ${message}`),
      };
      recoverCommit(stateDir, commitPorts);
      const stateBytes = readIfPresent(path.join(stateDir, "state.json"));
      const before = readState(definition, stateDir, stateBytes, commitPorts.warn);
      const plan = await playCycle(definition, fixture, before, options.limits, {
        clock: ports.clock,
        sleep: (milliseconds) => sleep(milliseconds, ports.signal),
      });
      requireNotCancelled(ports.signal);
      const changes = [
        ...channelChanges(stateDir, plan.channelEntries),
        {
          kind: "replace" as const,
          path: "state.json",
          before: stateBytes === null ? null : sha256(stateBytes),
          text: plan.stateText,
        },
        appendChange(stateDir, "runtime-events.jsonl", plan.eventLine),
      ];
      lock.requireHeld();
      written = true;
      commitChanges(stateDir, changes, commitPorts);
      return { stdoutLines: plan.stdoutLines };
    } finally {
      lock.release();
    }
  } finally {
    if (!written) removeEmptyDirectories(stateDir, made);
  }
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

function loadFixture<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
>(
  definition: SurfaceDefinition<Case, State, Evaluation, Counter>,
  fixturePath: string,
): ContractFixture<Case> {
  const text = withContext(`failed to read fixture ${fixturePath}`, () => {
    if (!statSync(fixturePath).isFile()) throw new ContractError("expected a regular file");
    return decodeText(readIfPresent(fixturePath) ?? Buffer.alloc(0));
  });
  return withContext(`invalid fixture ${fixturePath}`, () => parseFixture(definition, text));
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ContractError("stream did not contain valid UTF-8");
  }
}

function readState<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
>(
  definition: SurfaceDefinition<Case, State, Evaluation, Counter>,
  stateDir: string,
  bytes: Uint8Array | null,
  warn: (message: string) => void,
): StateDocument<State> {
  const fresh = { processedCaseKeys: [], health: emptyHealth, state: definition.emptyState };
  if (bytes === null) return fresh;
  try {
    return parseStateDocument(definition, decodeText(bytes));
  } catch (error) {
    warn(
      `failed to use state file ${path.join(stateDir, "state.json")} (${describeError(error)}); starting fresh`,
    );
    return fresh;
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

/** Makes the directory and its parents; returns the topmost one that was missing. */
function makeStateDir(stateDir: string): string | undefined {
  try {
    return mkdirSync(stateDir, { recursive: true });
  } catch (error) {
    throw new ContractError(`failed to create state directory ${stateDir}`, { cause: error });
  }
}

/** Takes away what `makeStateDir` made, as far as it is still empty: a cycle that fails leaves no trace. */
function removeEmptyDirectories(stateDir: string, topmost: string | undefined): void {
  if (topmost === undefined) return;
  try {
    for (let directory = stateDir; directory.startsWith(topmost); directory = path.dirname(directory)) {
      rmdirSync(directory);
    }
  } catch {
    // Somebody else uses it now.
  }
}
