import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { FixtureChoice } from "#contract/driver";
import type { SurfaceId } from "#contract/identity";
import { describeError } from "#domain/contract-error";
import { defaultBrowserPolicy } from "#domain/surfaces/browser-automation/evaluate";
import { defaultExecutionPolicy } from "#domain/surfaces/custom-command/policy";
import type { CycleRunner } from "../runner/run-cycle";
import { defaultRunTimeoutMs, runnerFor } from "../runner/surface-cycle";
import { playlist, type EmbeddedSettings } from "./embedded";
import { fixtureForCycle } from "./fixture-file";

/** The runner an embedded run of the surface uses: its flags leave the policies at their defaults. */
function runnerOf(surface: SurfaceId): CycleRunner {
  if (surface === "browser-automation") return runnerFor({ surface, policy: defaultBrowserPolicy });
  if (surface === "custom-command")
    return runnerFor({ surface, policy: defaultExecutionPolicy, runTimeoutMs: defaultRunTimeoutMs });
  return runnerFor({ surface });
}

async function describe(
  runner: CycleRunner,
  workspacePath: string,
  path: string,
  directory: string,
): Promise<FixtureChoice> {
  const full = resolve(workspacePath, path);
  let usable = full;
  try {
    usable = await fixtureForCycle(full, 1, directory);
    return { path, ...runner.describeFixture(usable), error: null };
  } catch (error) {
    const reason = describeError(error).replaceAll(usable, path).replaceAll(full, path);
    return { path, name: path, description: "", cases: 0, error: reason };
  }
}

/**
 * Fixtures an operator may pick: those the settings name, then the other `*.json` of `.gatehouse/fixtures/<surface>/`,
 * each checked as its runner checks it. `directory` takes the filled-in copy of a fixture while it is looked at.
 */
export async function listFixtures(options: {
  workspacePath: string;
  surface: SurfaceId;
  settings: EmbeddedSettings;
  directory: string;
}): Promise<FixtureChoice[]> {
  const { workspacePath, surface, settings } = options;
  const folder = `.gatehouse/fixtures/${surface}`;
  // A folder that is not there offers nothing; what the settings name is listed all the same.
  const names = await readdir(join(workspacePath, folder)).catch(() => []);
  const found = names.filter((name) => name.endsWith(".json")).toSorted();
  const paths = new Set([...playlist(settings), ...found.map((name) => `${folder}/${name}`)]);
  const runner = runnerOf(surface);
  const choices: FixtureChoice[] = [];
  for (const path of paths)
    choices.push(await describe(runner, workspacePath, path, join(options.directory, "preview")));
  return choices;
}
