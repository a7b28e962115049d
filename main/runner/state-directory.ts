import { mkdirSync, rmdirSync } from "node:fs";
import path from "node:path";
import type { Clock } from "#domain/clock";
import { ContractError, describeError } from "#domain/contract-error";
import type { CaseEvaluation, ContractCase, SurfaceDefinition } from "#domain/cycle/definition";
import { emptyHealth } from "#domain/cycle/health-snapshot";
import type { CyclePlan } from "#domain/cycle/play-cycle";
import { parseStateDocument, type StateDocument } from "#domain/cycle/state-document";
import { channelChanges } from "./channel-store";
import { appendChange, commitChanges, recoverCommit, type Change, type CommitPorts } from "./commit";
import { acquireLock } from "./lock";
import { decodeText } from "../strict-text";
import { diskFiles, readIfPresent, sha256, type StateFiles } from "./state-files";

export interface StateDirectoryPorts {
  readonly clock: Clock;
  /** One line for standard error. */
  warn(message: string): void;
  /** The disk, unless a test puts something between. */
  readonly files?: StateFiles;
}

/** A state directory that nobody else changes meanwhile, repaired after whoever came before. */
export interface OpenedStateDirectory {
  /** What `state.json` says; a file that cannot be used is warned of and reads as empty (spec/tau/surfaces.md §2). */
  read<Case extends ContractCase, State, Evaluation extends CaseEvaluation, Counter extends string>(
    definition: SurfaceDefinition<Case, State, Evaluation, Counter>,
  ): StateDocument<State>;
  /** Writes all of it in one durable step. Without an event line only the state changes. Throws a `ContractError`. */
  commit(plan: Pick<CyclePlan, "stateText" | "channelEntries"> & { readonly eventLine: string | null }): void;
}

/**
 * Runs `work` with a state directory it alone may change; makes the directory if need be, and takes it away again when
 * nothing was committed. `label` names the runner in warnings.
 */
export async function withStateDirectory<Result>(
  directory: string,
  label: string,
  ports: StateDirectoryPorts,
  work: (opened: OpenedStateDirectory) => Result | Promise<Result>,
): Promise<Result> {
  const stateDir = path.resolve(directory);
  const made = makeStateDir(stateDir);
  let written = false;
  try {
    const lock = acquireLock(stateDir);
    try {
      const commitPorts: CommitPorts = {
        files: ports.files ?? diskFiles,
        nowUnixMs: () => ports.clock.nowUnixMs(),
        warn: (message) => ports.warn(`${label} runner: ${message}`),
      };
      recoverCommit(stateDir, commitPorts);
      const stateBytes = readIfPresent(path.join(stateDir, "state.json"));
      return await work({
        read: (definition) => readState(definition, stateDir, stateBytes, commitPorts.warn),
        commit(plan) {
          const changes: Change[] = [
            ...channelChanges(stateDir, plan.channelEntries),
            {
              kind: "replace",
              path: "state.json",
              before: stateBytes === null ? null : sha256(stateBytes),
              text: plan.stateText,
            },
            ...(plan.eventLine === null
              ? []
              : [appendChange(stateDir, "runtime-events.jsonl", plan.eventLine)]),
          ];
          lock.requireHeld();
          written = true;
          commitChanges(stateDir, changes, commitPorts);
        },
      });
    } finally {
      lock.release();
    }
  } finally {
    if (!written) removeEmptyDirectories(stateDir, made);
  }
}

/** Reads `state.json` of a directory without changing anything; see `OpenedStateDirectory.read`. */
export function readStateDocument<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
>(
  definition: SurfaceDefinition<Case, State, Evaluation, Counter>,
  stateDir: string,
  warn: (message: string) => void,
): StateDocument<State> {
  return readState(definition, stateDir, readIfPresent(path.join(stateDir, "state.json")), warn);
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
