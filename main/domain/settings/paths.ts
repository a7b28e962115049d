import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { SurfaceSettings, WorkspaceSettings } from "#contract/settings";
import { showValue, type SettingsMistake } from "./mistake";

/** Longest path Linux takes (PATH_MAX). */
const maximumPathLength = 4_096;

/** Why a text cannot be a path on any system; null when it can. */
function pathProblem(path: string): string | null {
  if (path.trim() === "") return `expected a path, found only blanks`;
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  if (/[\u0000-\u001f\u007f]/.test(path))
    return `expected a path without control characters, found ${showValue(path)}`;
  if (path.length > maximumPathLength)
    return `expected a path of at most ${maximumPathLength} characters, found ${path.length}`;
  return null;
}

/** The directory of a surface's state file, relative to the workspace unless written as absolute (spec/tau/surfaces.md §3). */
export function stateDirOf(surface: SurfaceId, settings: SurfaceSettings | undefined): string {
  return settings?.stateDir ?? `.tau/${surface}`;
}

/** A path with `.` and empty segments taken out and `..` resolved where it can be, to compare two of them. */
function normalise(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split(/[/\\]/)) {
    if (segment === "" || segment === ".") continue;
    if (segment === ".." && segments.length > 0 && segments.at(-1) !== "..") segments.pop();
    else segments.push(segment);
  }
  return `${/^[/\\]/.test(path) ? "/" : ""}${segments.join("/")}`;
}

function* writtenPaths(settings: WorkspaceSettings): Generator<{ path: PropertyKey[]; value: string }> {
  yield { path: ["tosRoot"], value: settings.tosRoot };
  yield { path: ["browserLiveSummary"], value: settings.browserLiveSummary };
  for (const surface of surfaceIds) {
    const own = settings.surfaces[surface];
    if (own === undefined) continue;
    const at = ["surfaces", surface];
    if (own.stateDir !== undefined) yield { path: [...at, "stateDir"], value: own.stateDir };
    if (own.driver === "command") yield { path: [...at, "cwd"], value: own.cwd };
    if (own.driver === "command") yield { path: [...at, "program"], value: own.program };
    if (own.driver !== "embedded") continue;
    if (typeof own.fixture === "string") yield { path: [...at, "fixture"], value: own.fixture };
    else for (const [index, value] of own.fixture.entries()) yield { path: [...at, "fixture", index], value };
  }
}

/** Paths that no system takes, and state directories that two surfaces would both write. */
export function checkPaths(settings: WorkspaceSettings): SettingsMistake[] {
  const mistakes: SettingsMistake[] = [];
  for (const { path, value } of writtenPaths(settings)) {
    const text = pathProblem(value);
    if (text !== null) mistakes.push({ path, text });
  }
  const owners = new Map<string, SurfaceId>();
  for (const surface of surfaceIds) {
    const directory = stateDirOf(surface, settings.surfaces[surface]);
    const owner = owners.get(normalise(directory));
    if (owner === undefined) owners.set(normalise(directory), surface);
    else
      mistakes.push({
        path: ["surfaces", settings.surfaces[surface]?.stateDir === undefined ? owner : surface, "stateDir"],
        text: `expected a directory of its own, found ${showValue(directory)}, which ${
          settings.surfaces[surface]?.stateDir === undefined ? surface : owner
        } uses too`,
      });
  }
  return mistakes;
}
