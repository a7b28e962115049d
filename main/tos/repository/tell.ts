import type { RepositoryContext } from "./context";
import type { RepositoryPlace } from "./place";
import { gitText, runGit, type GitOptions, type GitResult } from "./run-git";

/** Says something an operator should know, beside the launcher's own lines. */
export function note(context: RepositoryContext, text: string): void {
  context.report({ kind: "line", stream: "stderr", text });
}

/** Runs a git command that changes something, and says so first. */
export async function announcedGit(
  context: RepositoryContext,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  context.report({ kind: "git", command: `git ${args.join(" ")}` });
  return runGit(context.root, args, { environment: context.environment, writing: true, ...options });
}

/** Full name of the branch's reference; null when HEAD is detached. */
export async function readBranchRef(place: RepositoryPlace): Promise<string | null> {
  const ref = await gitText(place.top, ["symbolic-ref", "--quiet", "HEAD"], {
    environment: place.environment,
    answers: [1],
  });
  return ref === "" ? null : ref;
}
