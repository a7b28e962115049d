import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Clock } from "#domain/clock";
import { defaultCycleLimits, type CycleLimits } from "#domain/cycle/play-cycle";
import { defaultBrowserPolicy } from "#domain/surfaces/browser-automation/evaluate";
import { defaultExecutionPolicy } from "#domain/surfaces/custom-command/policy";
import type { RunPorts } from "../../../main/runner/run-cycle";
import { runnerFor, type RunnerSettings } from "../../../main/runner/surface-cycle";
import { waitMs } from "../../support/limits";

export const fixturesRoot = path.resolve(import.meta.dirname, "../../../fixtures/contract");
export const goldenRoot = path.resolve(import.meta.dirname, "../../golden/surfaces");

/** A clock that stands still, so that whole files can be compared; in milliseconds. */
export const stillClock: Clock = { nowUnixMs: () => 1_771_000_000_000, monotonicMs: () => 0 };

export const surfaces = ["voice", "browser-automation", "dashboard", "custom-command", "memory"] as const;
export type Surface = (typeof surfaces)[number];

/** The runner of a surface with the reference's defaults; `runTimeoutMs` bounds the programs of RUN cases. */
export function defaultSettings(surface: Surface, runTimeoutMs = waitMs): RunnerSettings {
  if (surface === "browser-automation") return { surface, policy: defaultBrowserPolicy };
  if (surface === "custom-command") return { surface, policy: defaultExecutionPolicy, runTimeoutMs };
  return { surface };
}

export function fixtureFile(surface: Surface, name: string): string {
  return path.join(fixturesRoot, `${surface}-contract`, `${name}.json`);
}

export interface CycleRequest {
  readonly surface: Surface;
  readonly fixturePath: string;
  readonly stateDir: string;
  readonly limits?: Partial<CycleLimits>;
  readonly settings?: RunnerSettings;
  readonly ports?: Partial<RunPorts>;
}

/** Runs one cycle with the clock held still; resolves with its two lines and what it warned of. */
export async function runCycleOf(
  request: CycleRequest,
): Promise<{ lines: readonly string[]; warnings: string[] }> {
  const warnings: string[] = [];
  const runner = runnerFor(request.settings ?? defaultSettings(request.surface));
  const { stdoutLines } = await runner.run(
    {
      fixturePath: request.fixturePath,
      stateDir: request.stateDir,
      limits: { ...defaultCycleLimits, ...request.limits },
    },
    { clock: stillClock, warn: (message) => warnings.push(message), ...request.ports },
  );
  return { lines: stdoutLines, warnings };
}

/** Every file below a directory, by its relative path; empty when there is no directory. */
export function filesBelow(directory: string): Record<string, string> {
  let names: string[];
  try {
    names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  } catch {
    return {};
  }
  const files: Record<string, string> = {};
  for (const name of names.toSorted()) {
    const file = path.join(directory, name);
    try {
      files[name] = readFileSync(file, "utf8");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EISDIR")) throw error;
    }
  }
  return files;
}

/** The records of a JSON-lines file. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
