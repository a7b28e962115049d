import { runGit } from "../tos/repository/run-git";

/** Who made the demo's first commit, and who makes its checkpoints: so that they work on a machine where git knows nobody. */
const identity = { name: "Gatehouse demo", email: "demo@gatehouse.invalid" };

/** The demo's own: what the machine says of signing and line ends is not the demo's. */
const settings = [
  ["user.name", identity.name],
  ["user.email", identity.email],
  ["commit.gpgsign", "false"],
  ["core.autocrlf", "false"],
] as const;

/**
 * Makes a folder a repository with one commit of all that it does not ignore, on branch `main`, and writes to no
 * configuration but its own. Does nothing where git does not answer; rejects with a `GitFailure` when it fails.
 */
export async function makeDemoRepository(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const git = (...args: readonly string[]) => runGit(folder, args, { environment, writing: true });
  try {
    await git("--version");
  } catch {
    return;
  }
  // An empty template: hooks of the machine's template are not the demo's.
  await git("init", "--quiet", "--template=");
  await git("symbolic-ref", "HEAD", "refs/heads/main");
  for (const [name, value] of settings) await git("config", name, value);
  await git("add", ".");
  await git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--message", "TOS project of the demo");
}
