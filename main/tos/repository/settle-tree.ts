import type { Print } from "./carry-out";
import { clearLeftovers } from "./clear-leftovers";
import type { RepositoryContext } from "./context";
import { refusal } from "./git-failure";
import { performMove, type Moved } from "./perform-move";
import { findRepository, type RepositoryPlace } from "./place";
import { copyIndex, dropIndex } from "./private-index";
import { digestOfTree, readStatus } from "./read-status";
import { gitText } from "./run-git";
import { announcedGit } from "./tell";
import { asFailure } from "./git-failure";
import type { Status } from "#domain/tos/repository/status";

export interface SettleWish {
  /** What the operator has seen (`treeDigest` of the view); refused when the tree has changed since. */
  readonly treeDigest: string;
  readonly reason: string;
  readonly print?: Print;
}

/**
 * Makes the work tree clean and keeps what was in it as a recovery, from which `undoRollback` brings it back (governance
 * G46; checks.md row 125). Rejects with a `GitFailure`; then the tree is as it was.
 */
export function discardTree(context: RepositoryContext, wish: SettleWish): Promise<Moved> {
  return settle(context, wish, "discard", async () => undefined);
}

/** Makes the work tree clean and keeps what was in it as a stash, untracked files included (`git stash pop` brings it back). */
export function stashTree(context: RepositoryContext, wish: SettleWish): Promise<Moved> {
  return settle(context, wish, "stash", (place, status) => storeStash(context, place, status, wish.reason));
}

async function settle(
  context: RepositoryContext,
  { treeDigest, reason, print = () => undefined }: SettleWish,
  operation: "discard" | "stash",
  before: (place: RepositoryPlace, status: Status) => Promise<void>,
): Promise<Moved> {
  const place = await findRepository(context.root, context.environment);
  await clearLeftovers(place);
  const status = await readStatus(place);
  if ((await digestOfTree(place, status)) !== treeDigest)
    throw refusal(operation, "The working tree has changed since it was shown: look at it again.");
  if (status.head === null)
    throw refusal(operation, "The repository has no commit yet: make a first checkpoint instead.");
  if (operation === "stash" && status.entries.some(({ kind }) => kind === "unmerged"))
    throw refusal(operation, "A merge is not finished: solve its conflicts or abort it first.");
  const { head } = status;
  return performMove(context, place, {
    move: {
      operation: "discard",
      toHash: head,
      goal: head,
      goalModes: new Map(),
      willTest: false,
      allowDirty: true,
      interrupted: [],
      about: null,
    },
    previewId: null,
    wish: { reason, overlay: null, undoes: null },
    before: () => before(place, status).catch(asFailure(operation)),
    print,
  });
}

const identity = {
  GIT_AUTHOR_NAME: "Gatehouse",
  GIT_AUTHOR_EMAIL: "gatehouse@localhost",
  GIT_COMMITTER_NAME: "Gatehouse",
  GIT_COMMITTER_EMAIL: "gatehouse@localhost",
};

/** Makes the commits a stash is made of, as `git stash push --include-untracked` does, and enters them; the tree stays. */
async function storeStash(
  context: RepositoryContext,
  place: RepositoryPlace,
  status: Status,
  reason: string,
): Promise<void> {
  const { top, environment } = place;
  const message = `On ${status.branch ?? "(no branch)"}: ${reason}`;
  const options = { environment, writing: true, variables: identity };
  const made = await gitText(top, ["stash", "create", message], options);
  // Nothing tracked has changed: then git makes no stash of its own.
  const head = status.head ?? "";
  const tracked = made === "" ? head : made;
  const staged = made === "" ? await commitTree(place, `${head}^{tree}`, [head], "index") : `${made}^2`;
  const untracked = await untrackedCommit(context, place, status);
  const parents = [head, staged, ...(untracked === null ? [] : [untracked])];
  const stash = await commitTree(place, `${tracked}^{tree}`, parents, message);
  await announcedGit({ ...context, root: top }, ["stash", "store", "--message", message, stash]);
}

async function commitTree(
  { top, environment }: RepositoryPlace,
  tree: string,
  parents: readonly string[],
  message: string,
): Promise<string> {
  const args = ["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent]), "-m", message];
  return gitText(top, args, { environment, writing: true, variables: identity });
}

async function untrackedCommit(
  context: RepositoryContext,
  place: RepositoryPlace,
  status: Status,
): Promise<string | null> {
  const files = status.entries.filter(({ code }) => code === "??").map(({ path }) => path);
  if (files.length === 0) return null;
  const index = await copyIndex(place, "snapshot", context.clock.nowUnixMs());
  const options = { environment: place.environment, writing: true, variables: index.variables };
  try {
    await gitText(place.top, ["read-tree", "--empty"], options);
    await gitText(place.top, ["update-index", "--add", "-z", "--stdin"], {
      ...options,
      input: files.map((path) => `${path}\0`).join(""),
    });
    const tree = await gitText(place.top, ["write-tree"], options);
    return await commitTree(place, tree, [], "untracked files");
  } finally {
    await dropIndex(index.path);
  }
}
