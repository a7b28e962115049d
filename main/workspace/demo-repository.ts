import { execa } from "execa";

/** Who made the demo's first commit, and who makes its checkpoints: so that they work on a machine where git knows nobody. */
const identity = { name: "Gatehouse demo", email: "demo@gatehouse.invalid" };

/** What is the machine's is not the demo's: hooks, signing, line ends and another repository of the environment. */
const settings = [
  ["user.name", identity.name],
  ["user.email", identity.email],
  ["commit.gpgsign", "false"],
  ["core.autocrlf", "false"],
] as const;

/** Longest time one git command may take, in milliseconds: a few small files. */
const timeoutMs = 30_000;

/** The environment without what would point git at another repository, index or configuration. */
function gitEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || name.toUpperCase().startsWith("GIT_") ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(kept), LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" };
}

/**
 * Makes a folder a repository with one commit of all that it does not ignore, on branch `main`, and writes to no
 * configuration but its own. Does nothing where git is not there; rejects with git's own words when git fails.
 */
export async function makeDemoRepository(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const git = async (...args: readonly string[]): Promise<"done" | "absent"> => {
    const result = await execa("git", args, {
      cwd: folder,
      env: gitEnvironment(environment),
      extendEnv: false,
      stdin: "ignore",
      reject: false,
      timeout: timeoutMs,
      windowsHide: true,
    });
    if (!result.failed) return "done";
    if (result.code === "ENOENT") return "absent";
    throw new Error(`git ${args[0]} in ${folder}: ${result.stderr || result.shortMessage}`);
  };
  // An empty template: hooks of the machine's template are not the demo's.
  if ((await git("init", "--quiet", "--template=")) === "absent") return;
  await git("symbolic-ref", "HEAD", "refs/heads/main");
  for (const [name, value] of settings) await git("config", name, value);
  await git("add", ".");
  await git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--message", "TOS project of the demo");
}
