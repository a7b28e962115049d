import { readFile, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { writeDurable } from "../system/write-durable";

/**
 * Stands for the cycle's number wherever it occurs in a fixture. `@slot@` stands for its last two digits: case ids come
 * round every 100 cycles, so that a surface that keeps a record per case does not grow for as long as it is left running.
 */
const tokens = { "@cycle@": (cycle: number) => cycle, "@slot@": (cycle: number) => cycle % 100 };

/** A fixture's text as the given cycle runs it. */
function fillTokens(text: string, cycle: number): string {
  return Object.entries(tokens).reduce(
    (filled, [token, value]) => filled.replaceAll(token, String(value(cycle))),
    text,
  );
}

/** No fixture comes near this; the limit keeps a wrong path from filling the memory. */
const maximumBytes = 67_108_864;

/** Text of a fixture file. Rejects with an error that says why it cannot be used. */
export async function readFixtureText(path: string): Promise<string> {
  const found = await stat(path);
  if (!found.isFile()) throw new Error(`${path} is not a file`);
  if (found.size > maximumBytes)
    throw new Error(`${path} has ${found.size} bytes; a fixture has at most ${maximumBytes}`);
  return readFile(path, "utf8");
}

/**
 * The file to run a cycle with: the fixture itself, or, where it contains `@cycle@` or `@slot@`, a copy in
 * `directory` with the number in its place, so that each cycle has case ids of its own (spec/tau/rollout.md §7, row 20).
 */
export async function fixtureForCycle(path: string, cycle: number, directory: string): Promise<string> {
  const text = await readFixtureText(path);
  const filled = fillTokens(text, cycle);
  if (filled === text) return path;
  const materialised = join(directory, "fixture.json");
  await writeDurable(materialised, filled);
  return materialised;
}

/** Whether a path, relative to the workspace unless absolute, stays inside the workspace. */
export function isInside(workspacePath: string, path: string): boolean {
  const way = relative(workspacePath, resolve(workspacePath, path));
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
