import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Folder of the installed program: the nearest one above this module, built or not, with a `package.json`. What the
 * build made is in its `out` folder, whatever piece of the bundle this module has become part of.
 */
export function programRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, "package.json"))) return folder;
  throw new Error(`No package.json stands above ${start}: the program is not installed as it should be.`);
}

/** What runs a process of ours: Node, or Electron told to be Node, with the built command line. */
export interface OwnRunner {
  readonly nodeExecutable: string;
  readonly cliEntry: string;
}

/** The runner of this installation. */
export function ownRunner(): OwnRunner {
  return { nodeExecutable: process.execPath, cliEntry: join(programRoot(), "out", "main", "cli.js") };
}
