import { join } from "node:path";
import { buildIfChanged } from "../../resources/setup/build.mjs";
import { projectRoot } from "../../resources/setup/project.mjs";

let building: Promise<string> | undefined;

/**
 * Builds main, preload and renderer if their sources changed, once for all test processes that ask.
 * Returns the absolute path of `out`; rejects with the build's own output.
 */
export function ensureBuilt(): Promise<string> {
  building ??= build();
  return building;
}

async function build(): Promise<string> {
  await buildIfChanged(projectRoot);
  return join(projectRoot, "out");
}
