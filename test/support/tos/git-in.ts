import { execa } from "execa";

/** Runs git in a folder, with nothing of the machine's configuration, and resolves with what it printed. */
export async function gitIn(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execa("git", args, {
    cwd: folder,
    env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null", LC_ALL: "C" },
  });
  return stdout;
}
