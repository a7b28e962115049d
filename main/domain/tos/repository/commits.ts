import type { Checkpoint, Commit } from "#contract/tos/repository";

/** Fields of a commit for `git log -z --format=…`, as `parseCommits` reads them. */
export const commitFormat = "%H%x00%P%x00%an%x00%ct%x00%s";

export interface LoggedCommit extends Commit {
  readonly parents: readonly string[];
}

/** Reads `git log -z --format=<commitFormat>`, newest first as git prints them. */
export function parseCommits(text: string): LoggedCommit[] {
  const fields = text.split("\0");
  const commits: LoggedCommit[] = [];
  for (let at = 0; at + 4 < fields.length; at += 5) {
    const [hash = "", parents = "", author = "", seconds = "", subject = ""] = fields.slice(at, at + 5);
    commits.push({
      hash,
      subject,
      author,
      // A commit from before 1970 exists in imported histories; the contract counts from then.
      unixMs: Math.max(0, Number(seconds) * 1_000),
      parents: parents === "" ? [] : parents.split(" "),
    });
  }
  return commits;
}

/** A commit without what only the history needs. */
export function commitOf({ hash, subject, author, unixMs }: Commit): Commit {
  return { hash, subject, author, unixMs };
}

const marker = "CHECKPOINT ";

/**
 * Checkpoints (commits whose message begins with `CHECKPOINT `, spec/tos/launcher.md §6) among the commits that HEAD
 * reaches, newest first, at most `most`. `commits` begins with HEAD.
 */
export function checkpointsAmong(
  commits: readonly LoggedCommit[],
  lastHash: string | null,
  most: number,
): Checkpoint[] {
  const head = commits[0]?.hash;
  const linear = commits.every(({ parents }) => parents.length < 2);
  return commits
    .flatMap((commit, position) => (commit.subject.startsWith(marker) ? [{ commit, position }] : []))
    .slice(0, most)
    .map(({ commit, position }) => ({
      ...commitOf(commit),
      name: commit.subject.slice(marker.length),
      isHead: commit.hash === head,
      isLast: commit.hash === lastHash,
      commitsAfter: linear ? position : commits.length - countReachable(commits, commit.hash),
    }));
}

function countReachable(commits: readonly LoggedCommit[], from: string): number {
  const parentsOf = new Map(commits.map(({ hash, parents }) => [hash, parents]));
  const seen = new Set([from]);
  for (const hash of seen)
    for (const parent of parentsOf.get(hash) ?? []) if (parentsOf.has(parent)) seen.add(parent);
  return seen.size;
}
