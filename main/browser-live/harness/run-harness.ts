import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { BrowserLiveSummary } from "#contract/reading";
import type { Clock } from "#domain/clock";
import { ContractError } from "#domain/contract-error";
import { encodeSummary, summarizeLiveRun, type AnsweredCase } from "#domain/browser-live/summary";
import { transcriptLines } from "#domain/browser-live/transcript";
import { printPretty } from "#domain/json";
import { browserAutomationDefinition } from "#domain/surfaces/browser-automation/definition";
import type { BrowserPolicy } from "#domain/surfaces/browser-automation/evaluate";
import type { Terminal } from "../../cli/terminal";
import { commitChanges, recoverCommit } from "../../runner/commit";
import { loadFixture } from "../../runner/load-fixture";
import { acquireLock } from "../../runner/lock";
import { diskFiles } from "../../runner/state-files";
import { withRunFolder } from "../run-folder";
import { writeResult } from "../write-result";
import { sessionFileVariable } from "../executor/session-file";
import { ExecutorClient } from "./executor-client";
import { liveChanges } from "./live-changes";
import { playLiveCases } from "./play-cases";

/** Settings of one live run (spec/tau/live-run.md §4). */
export interface HarnessOptions {
  readonly fixturePath: string;
  readonly stateDir: string;
  readonly playwrightCli: string;
  /** As it was given; it is printed that way. */
  readonly summaryPath: string;
  /** Days an artifact is kept; null for ever. */
  readonly retentionDays: number | null;
  readonly policy: BrowserPolicy;
}

export interface HarnessPorts {
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Stops the run; the browser is ended first and nothing is written. */
  readonly signal: AbortSignal;
}

/**
 * One live run (spec/tau/live-run.md §4): plays the fixture in a real browser, and when every case met its expectation
 * writes channel store and event as one durable step, then the summary, then prints. Rejects, with nothing written, when
 * a case did not, or the session could not be started or ended.
 */
export async function runHarness(options: HarnessOptions, ports: HarnessPorts): Promise<void> {
  const stateDir = path.resolve(options.stateDir);
  const { cases } = loadFixture(browserAutomationDefinition(options.policy), options.fixturePath);
  const warn = (message: string) => ports.terminal.error(`browser automation live harness: ${message}`);
  await withRunFolder(stateDir, async (folder) => {
    const environment = {
      // Where our executor remembers its browser between calls; an operator's own choice stands.
      [sessionFileVariable]: path.join(folder, "session.json"),
      ...ports.environment,
    };
    const executor = new ExecutorClient(options.playwrightCli, environment, ports.signal);
    const answered = await playLiveCases(cases, options.policy, executor, { clock: ports.clock, warn });
    ports.signal.throwIfAborted();
    const summary = summarizeLiveRun(answered);
    await record(stateDir, answered, summary, options, { clock: ports.clock, warn });
    for (const line of transcriptLines(summary, options.summaryPath)) ports.terminal.out(line);
  });
}

/** Writes channel store and event as one durable step, then the summary, which may lie anywhere. */
async function record(
  stateDir: string,
  answered: readonly AnsweredCase[],
  summary: BrowserLiveSummary,
  options: HarnessOptions,
  ports: { readonly clock: Clock; warn(message: string): void },
): Promise<void> {
  const nowUnixMs = ports.clock.nowUnixMs();
  const commitPorts = { files: diskFiles, nowUnixMs: () => ports.clock.nowUnixMs(), warn: ports.warn };
  await makeDirectory(stateDir);
  const lock = acquireLock(stateDir);
  try {
    recoverCommit(stateDir, commitPorts);
    const { retentionDays } = options;
    commitChanges(
      stateDir,
      liveChanges(stateDir, answered, summary, { retentionDays, nowUnixMs }),
      commitPorts,
    );
  } finally {
    lock.release();
  }
  await writeResult(path.resolve(options.summaryPath), printPretty(encodeSummary(summary)));
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
  } catch (error) {
    throw new ContractError(`failed to create state directory ${directory}`, { cause: error });
  }
}
