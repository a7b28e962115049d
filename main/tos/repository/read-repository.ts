import type { RepositoryView } from "#contract/tos/repository";
import { checkpointsAmong, commitOf } from "#domain/tos/repository/commits";
import type { Status } from "#domain/tos/repository/status";
import { recoveryOf } from "#domain/tos/repository/recovery-record";
import type { Environment } from "./context";
import { shownPath } from "./disk-path";
import { GitFailure } from "./git-failure";
import { findRepository, type RepositoryPlace } from "./place";
import { leftoverCheckpoints } from "./private-index";
import { readLastCheckpoint } from "./read-last-checkpoint";
import { digestOfTree, readCommits, readStatus, resolveCommit } from "./read-status";
import { interruptedAmong, listRecoveries } from "./recovery-store";
import { runGit } from "./run-git";

const mostChanges = 500;
const mostCheckpoints = 200;
/** Commits of the branch among which checkpoints are looked for. */
const mostCommits = 5_000;
const mostRecoveries = 200;

const nothing: Omit<RepositoryView, "state" | "problem" | "readUnixMs"> = {
  branch: null,
  head: null,
  changes: [],
  changeCount: 0,
  treeDigest: "",
  remote: null,
  lastCheckpoint: null,
  checkpoints: [],
  recoveries: [],
  interrupted: null,
};

/** How a project's repository stands. Never rejects: what git cannot do is the view's `problem`. Writes nothing. */
export async function readRepository(
  root: string,
  environment: Environment = process.env,
  nowUnixMs: number = Date.now(),
): Promise<RepositoryView> {
  try {
    return await viewOf(await findRepository(root, environment), nowUnixMs);
  } catch (error) {
    const plain = error instanceof GitFailure ? error.plain : `${root}: ${(error as Error).message}`;
    const none = error instanceof GitFailure && /not a git repository/i.test(error.stderr);
    return { ...nothing, state: none ? "none" : "broken", problem: plain, readUnixMs: nowUnixMs };
  }
}

async function viewOf(place: RepositoryPlace, readUnixMs: number): Promise<RepositoryView> {
  const { root } = place;
  const [status, remote, last, { records, problems }, leftovers] = await Promise.all([
    readStatus(place),
    readRemote(place),
    readLastCheckpoint(root),
    listRecoveries(root),
    leftoverCheckpoints(place),
  ]);
  const [commits, resolved, treeDigest] = await Promise.all([
    status.head === null ? [] : readCommits(place, ["HEAD"], mostCommits),
    last === null ? null : resolveCommit(place, last.hash),
    digestOfTree(place, status),
  ]);
  const head = commits[0];
  return {
    state: head ? "ready" : "unborn",
    problem: [
      head ? "" : "The repository has no commit yet: make a first checkpoint.",
      leftovers.length > 0
        ? "A checkpoint was cut off; the next checkpoint, preview or rollback puts git's index right."
        : "",
      ...problems,
    ]
      .filter((problem) => problem !== "")
      .join(" "),
    branch: status.branch,
    head: head ? commitOf(head) : null,
    changes: changesOf(place, status),
    changeCount: status.entries.length,
    treeDigest,
    remote,
    lastCheckpoint: last && { ...last, resolves: resolved !== null },
    checkpoints: checkpointsAmong(commits, resolved, mostCheckpoints),
    recoveries: records.slice(0, mostRecoveries).map(recoveryOf),
    interrupted: interruptedAmong(records)?.recoveryId ?? null,
    readUnixMs,
  };
}

function changesOf(place: RepositoryPlace, status: Status): RepositoryView["changes"] {
  return status.entries
    .slice(0, mostChanges)
    .map(({ path, kind, staged, unstaged }) => ({ path: shownPath(place, path), kind, staged, unstaged }));
}

/** Name and address of the remote that `git fetch` asks: `origin`, or else the first; without a password in it. */
async function readRemote({ top, environment }: RepositoryPlace): Promise<string | null> {
  const { stdout } = await runGit(top, ["config", "-z", "--get-regexp", String.raw`^remote\..*\.url$`], {
    environment,
    answers: [1],
  });
  const remotes = stdout
    .toString("utf8")
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => {
      const [key = "", ...url] = line.split("\n");
      return { name: key.slice("remote.".length, -".url".length), url: url.join("\n") };
    });
  const remote = remotes.find(({ name }) => name === "origin") ?? remotes[0];
  return remote === undefined
    ? null
    : `${remote.name} ${remote.url.replace(/^([a-z+]+:\/\/)[^/@]*@/i, "$1")}`;
}
