import { join } from "node:path";
import { execa } from "execa";
import { ensureBuilt } from "../../support/build";
import { waitMs } from "../../support/limits";

export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables that would stand in for flags are the test's own business. */
const ownEnvironment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith("TAU_")),
);

/** Runs the built command line in a process of its own; output is kept to the byte. */
export async function gatehouse(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const cli = join(await ensureBuilt(), "main", "cli.js");
  const { exitCode, stdout, stderr } = await execa(process.execPath, [cli, ...args], {
    cwd,
    env: { ...ownEnvironment, ...environment },
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    timeout: waitMs,
  });
  return { exitCode, stdout, stderr };
}
