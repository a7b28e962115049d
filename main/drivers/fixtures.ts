import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { FixtureChoice } from "#contract/driver";
import type { SurfaceId } from "#contract/identity";
import { playlist, type EmbeddedSettings } from "./embedded";
import { fillTokens, readFixtureText } from "./fixture-file";

async function describe(root: string, path: string): Promise<FixtureChoice> {
  const choice = { path, name: path, description: "", cases: 0 };
  try {
    const text = fillTokens(await readFixtureText(resolve(root, path)), 1);
    const fixture = JSON.parse(text) as { name: string; description?: string; cases: unknown[] };
    return {
      path,
      name: fixture.name,
      description: fixture.description ?? "",
      cases: fixture.cases.length,
      error: null,
    };
  } catch (error) {
    return { ...choice, error: (error as Error).message };
  }
}

/** Fixtures an operator may pick: those the settings name, then the other `*.json` of `.gatehouse/fixtures/<surface>/`. */
export async function listFixtures(
  workspacePath: string,
  surface: SurfaceId,
  settings: EmbeddedSettings,
): Promise<FixtureChoice[]> {
  const folder = `.gatehouse/fixtures/${surface}`;
  const names = await readdir(join(workspacePath, folder)).catch(() => []);
  const found = names.filter((name) => name.endsWith(".json")).toSorted();
  const paths = new Set([...playlist(settings), ...found.map((name) => `${folder}/${name}`)]);
  return Promise.all([...paths].map((path) => describe(workspacePath, path)));
}
