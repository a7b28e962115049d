import { basename, resolve } from "node:path";
import type { z } from "zod";
import type { SurfaceId } from "#contract/identity";
import type { embeddedDriverSchema } from "#contract/settings";
import { stateDirOf } from "#domain/settings/paths";
import { quoteCommandLine } from "./command-line";
import type { CycleStore } from "./cycle-store";
import { embeddedEnvironment } from "./environment";
import { fixtureForCycle } from "./fixture-file";
import type { PreparedRun } from "./prepared-run";

export type EmbeddedSettings = z.infer<typeof embeddedDriverSchema>;

/** Where the embedded runners are, and what runs them: Node, or Electron told to be Node. */
export interface RunnerProgram {
  nodeExecutable: string;
  /** The built command line, `out/main/cli.js`. */
  cliEntry: string;
}

/** The fixtures of the playlist, in turn. */
export function playlist(settings: EmbeddedSettings): readonly string[] {
  return typeof settings.fixture === "string" ? [settings.fixture] : settings.fixture;
}

/** One cycle's arguments, flags word for word as the reference has them (spec/tau/surfaces.md §3, live-run.md §4). */
function embeddedArguments(
  surface: SurfaceId,
  settings: EmbeddedSettings,
  paths: { fixture: string; stateDir: string; liveSummary: string },
): string[] {
  if (settings.runner === "live")
    return [
      "browser-live",
      "--fixture",
      paths.fixture,
      "--state-dir",
      paths.stateDir,
      "--summary-json-out",
      paths.liveSummary,
    ];
  const { queueLimit, processedCaseCap, retryMaxAttempts, retryBaseDelayMs } = settings.limits;
  return [
    `--${surface}-contract-runner`,
    `--${surface}-fixture`,
    paths.fixture,
    `--${surface}-state-dir`,
    paths.stateDir,
    `--${surface}-queue-limit`,
    String(queueLimit),
    `--${surface}-processed-case-cap`,
    String(processedCaseCap),
    `--${surface}-retry-max-attempts`,
    String(retryMaxAttempts),
    `--${surface}-retry-base-delay-ms`,
    String(retryBaseDelayMs),
  ];
}

/** Numbers a cycle, picks its fixture (the playlist's next unless one is given) and says what to run. */
export async function prepareEmbedded(options: {
  surface: SurfaceId;
  settings: EmbeddedSettings;
  workspacePath: string;
  liveSummary: string;
  runner: RunnerProgram;
  store: CycleStore;
  fixture: string | undefined;
}): Promise<PreparedRun> {
  const { surface, settings, workspacePath, runner, store } = options;
  const fixtures = playlist(settings);
  const { cycle, position } = await store.next(options.fixture === undefined);
  const fixture = options.fixture ?? (fixtures[position % fixtures.length] as string);
  const fixturePath = await fixtureForCycle(resolve(workspacePath, fixture), cycle, store.directory);
  const args = [
    runner.cliEntry,
    ...embeddedArguments(surface, settings, {
      fixture: fixturePath,
      stateDir: resolve(workspacePath, stateDirOf(surface, settings)),
      liveSummary: resolve(workspacePath, options.liveSummary),
    }),
  ];
  const asNode = /^node(\.exe)?$/i.test(basename(runner.nodeExecutable)) ? "" : "ELECTRON_RUN_AS_NODE=1 ";
  return {
    plan: {
      program: runner.nodeExecutable,
      args,
      directory: workspacePath,
      environment: embeddedEnvironment(process.env, settings.runner),
      timeoutMs: settings.timeoutMs,
    },
    commandLine: asNode + quoteCommandLine(runner.nodeExecutable, args),
    fixture,
  };
}
