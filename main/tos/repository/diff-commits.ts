import type { RequestOutput } from "#contract/requests";
import { parseNumberedChanges } from "#domain/tos/repository/numbered-changes";
import type { Environment } from "./context";
import { shownPath } from "./disk-path";
import { GitFailure } from "./git-failure";
import { findRepository, type RepositoryPlace } from "./place";
import { resolveCommit } from "./read-status";
import { gitBytes, runGit } from "./run-git";

/** Difference that is shown at most: 512 KiB. */
const mostBytes = 524_288;
const wholeOptions = ["--no-ext-diff", "--no-textconv", "--no-color", "--no-renames"];

export interface DiffWish {
  /** Hash, branch or tag. */
  readonly from: string;
  /** Null: the work tree as it is. */
  readonly to: string | null;
  /** One file, relative to the project's folder; null for all. */
  readonly path: string | null;
}

/** The difference between two commits, or between a commit and the work tree. Rejects with a `GitFailure`. */
export async function diffCommits(
  root: string,
  { from, to, path }: DiffWish,
  environment: Environment = process.env,
): Promise<RequestOutput<"tos.diff">> {
  const place = await findRepository(root, environment);
  const commits = [await known(place, from), ...(to === null ? [] : [await known(place, to)])];
  const only = path === null ? [] : [path];
  // Without this a name with `*` or `:` in it would be a pattern.
  const options = { environment, variables: { GIT_LITERAL_PATHSPECS: "1" } };
  const [listing, patch] = await Promise.all([
    gitBytes(root, ["diff", ...wholeOptions, "--raw", "--numstat", "-z", ...commits, "--", ...only], options),
    runGit(root, ["diff", ...wholeOptions, "--patch", ...commits, "--", ...only], {
      ...options,
      limitBytes: mostBytes,
      cut: true,
    }),
  ]);
  return {
    files: parseNumberedChanges(listing).map((change) => ({
      ...change,
      path: shownPath(place, change.path),
    })),
    text: patch.stdout.toString("utf8"),
    truncated: patch.truncated,
  };
}

async function known(place: RepositoryPlace, name: string): Promise<string> {
  const hash = await resolveCommit(place, name);
  if (hash !== null) return hash;
  const plain = `The repository knows no commit ${JSON.stringify(name)}.`;
  throw new GitFailure({ command: `git diff ${name}`, exitCode: 128, stderr: "", plain });
}
