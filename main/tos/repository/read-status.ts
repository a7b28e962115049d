import { createHash } from "node:crypto";
import type { Commit } from "#contract/tos/repository";
import { isBelow, joinPath } from "#domain/tos/repository/byte-path";
import { commitFormat, parseCommits, type LoggedCommit } from "#domain/tos/repository/commits";
import { parseStatus, type Status } from "#domain/tos/repository/status";
import { shownPath } from "./disk-path";
import { signatureOf } from "./look";
import type { RepositoryPlace } from "./place";
import { gitBytes, gitText, runGit } from "./run-git";

/**
 * How the work tree differs from HEAD, in the whole repository: every untracked file by itself, whatever the account's
 * settings hide. Ignored files are not looked at, nor is our own folder.
 */
export async function readStatus(place: RepositoryPlace): Promise<Status> {
  const args = ["status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--no-renames"];
  const status = parseStatus(await gitBytes(place.top, args, { environment: place.environment }));
  // A file of ours that was being written when its process was killed is no change of the operator's.
  const own = joinPath(place.prefix, ".gatehouse");
  return {
    ...status,
    entries: status.entries.filter(({ code, path }) => code !== "??" || !isBelow(path, own)),
  };
}

/** Lines of `git status --porcelain`: two letters and the path (spec/tos/launcher.md §7, the clean tree). */
export function statusLines(place: RepositoryPlace, status: Status): string[] {
  return status.entries.map(({ code, path }) => `${code} ${shownPath(place, path)}`);
}

/** Names what the work tree was, so that settling it can be refused when it has changed since. */
export async function digestOfTree(place: RepositoryPlace, status: Status): Promise<string> {
  const hash = createHash("sha256").update(`${status.head ?? ""}\0${status.branch ?? ""}\0`);
  for (const { code, path } of status.entries)
    hash.update(`${code}\0${path}\0${await signatureOf(place, path)}\0`);
  return hash.digest("hex").slice(0, 32);
}

/** Commits that `revisions` reach, newest first, at most `most`. */
export async function readCommits(
  place: RepositoryPlace,
  revisions: readonly string[],
  most: number,
): Promise<LoggedCommit[]> {
  const { stdout } = await runGit(
    place.top,
    [
      "-c",
      "i18n.logOutputEncoding=UTF-8",
      "-c",
      "log.showSignature=false",
      "log",
      "-z",
      `--format=${commitFormat}`,
      `--max-count=${most}`,
      ...revisions,
      "--",
    ],
    { environment: place.environment },
  );
  return parseCommits(stdout.toString("utf8"));
}

/** One commit by its hash. */
export async function readCommit(place: RepositoryPlace, hash: string): Promise<Commit> {
  const [commit] = await readCommits(place, [hash], 1);
  if (!commit) throw new Error(`git log names no commit ${hash}`);
  return { hash: commit.hash, subject: commit.subject, author: commit.author, unixMs: commit.unixMs };
}

/** Hash of the commit that a name means; null when it means none. Names that begin with `-` are none. */
export async function resolveCommit(place: RepositoryPlace, name: string): Promise<string | null> {
  if (name === "" || name.startsWith("-") || /\s/.test(name)) return null;
  const hash = await gitText(
    place.top,
    ["rev-parse", "--quiet", "--verify", "--end-of-options", `${name}^{commit}`],
    {
      environment: place.environment,
      answers: [1, 128],
    },
  );
  return /^[0-9a-f]{40,64}$/.test(hash) ? hash : null;
}
