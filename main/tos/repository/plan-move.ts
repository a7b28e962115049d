import { createHash } from "node:crypto";
import type { Commit } from "#contract/tos/repository";
import { isBelow, joinPath, type BytePath } from "#domain/tos/repository/byte-path";
import { effectsOf, type Effects, type TouchedPath } from "#domain/tos/repository/effects";
import { compareBytes } from "#domain/text";
import type { Status } from "#domain/tos/repository/status";
import { submoduleMode } from "#domain/tos/repository/tree-change";
import { shownPath } from "./disk-path";
import { refusal } from "./git-failure";
import { readCheckoutSettings } from "./checkout-settings";
import { broughtFolders } from "./half-done";
import { findInTheWay, type Hindrances } from "./in-the-way";
import { defaultMode, lookAt } from "./look";
import type { Move } from "./move";
import { findMoveObstacles } from "./move-obstacles";
import type { RepositoryPlace } from "./place";
import { readCommit, readStatus } from "./read-status";
import { findRunState } from "./run-state";
import { openTargetRules } from "./target-rules";
import { findTouched, overlayOf, readTree } from "./touched-paths";
import { walkProject } from "./walk";

/** What a move would do, as of now, and all that its recovery needs. */
export interface MovePlan {
  readonly place: RepositoryPlace;
  readonly move: Move;
  readonly status: Status;
  readonly from: Commit;
  readonly branchRef: string | null;
  readonly effects: Effects;
  /** Files of HEAD that are not on the disk. */
  readonly missing: readonly BytePath[];
  readonly directories: readonly { readonly path: BytePath; readonly mode: number; readonly goes: boolean }[];
  readonly modes: readonly { readonly path: BytePath; readonly mode: number }[];
  readonly obstacles: readonly string[];
  readonly notes: readonly string[];
  readonly previewId: string;
  /** What stands at every path that is written or removed, folders in the way among them. */
  readonly looks: readonly { readonly path: BytePath; readonly signature: string }[];
}

/** Looks at everything a move rests on. Reads only. Rejects with a `GitFailure`. */
export async function planMove(place: RepositoryPlace, move: Move): Promise<MovePlan> {
  const [status, settings] = await Promise.all([readStatus(place), readCheckoutSettings(place)]);
  const branchRef = status.branch === null ? null : `refs/heads/${status.branch}`;
  if (status.head === null)
    throw refusal("git reset", "The repository has no commit yet: there is nothing to go back to.");
  const [from, goal, overlay] = await Promise.all([
    readCommit(place, status.head),
    readTree(place, move.goal),
    overlayOf(place, move),
  ]);
  const untracked = new Set(status.entries.filter(({ code }) => code === "??").map(({ path }) => path));
  const rules = await openTargetRules(place, goal, settings);
  try {
    const touched = await findTouched(place, status, move, { goal, overlay, rules });
    const touchedPaths = new Set(touched.map(({ path }) => path));
    const hindrances = await findInTheWay(place, touched, touchedPaths, untracked);
    const walk = await walkProject(place, goal, touchedPaths, rules);
    const runState = move.willTest ? await findRunState(place, goal) : [];
    const effects = effectsOf({
      touched,
      inTheWay: hindrances.files,
      foldersInTheWay: hindrances.foldersInTheWay.map(({ path }) => path),
      walked: walk.folder,
      keepEmptyFolders: move.operation === "undo",
      untracked,
      runState,
    });
    const found = { place, move, status, from, branchRef, effects };
    const obstacles = await findMoveObstacles(place, move, status, branchRef, touched, settings);
    const brought = await broughtFolders(place, move);
    return planOf(found, { touched, hindrances, brought, obstacles, repositories: walk.repositories });
  } finally {
    await rules.close();
  }
}

interface Found {
  readonly touched: readonly TouchedPath[];
  readonly hindrances: Hindrances;
  readonly brought: readonly { readonly path: BytePath; readonly mode: number }[];
  readonly obstacles: readonly string[];
  /** Repositories of their own inside the work tree. */
  readonly repositories: readonly BytePath[];
}

type Basis = Pick<MovePlan, "place" | "move" | "status" | "from" | "branchRef" | "effects">;

function planOf(plan: Basis, { touched, hindrances, brought, obstacles, repositories }: Found): MovePlan {
  const { place, effects } = plan;
  return {
    ...plan,
    missing: touched
      .filter(({ head, disk }) => head && !disk && head.mode !== submoduleMode)
      .map(({ path }) => path),
    directories: directoriesOf(hindrances, effects, brought),
    modes: modesOf(touched, effects),
    obstacles: [...obstacles, ...hindrances.obstacles, ...ownFolderObstacles(place, touched)],
    notes: [
      ...repositories.map(
        (path) => `${shownPath(place, path)} is a repository of its own and stays as it is.`,
      ),
      ...touched.filter(isSubmoduleMove).map(({ path }) => submoduleNote(place, path)),
    ],
    previewId: previewIdOf(plan),
    looks: [
      ...[...effects.list, ...effects.adopted]
        .filter(({ path }) => !path.endsWith("/"))
        .map(({ path, disk }) => ({ path, signature: disk?.signature ?? "none" }))
        .filter(({ path }) => !hindrances.foldersInTheWay.some((folder) => folder.path === path)),
      ...hindrances.foldersInTheWay,
    ],
  };
}

const isSubmoduleMove = ({ head, goal }: TouchedPath): boolean =>
  head?.mode === submoduleMode || goal?.mode === submoduleMode;

const submoduleNote = (place: RepositoryPlace, path: BytePath): string =>
  `The submodule ${shownPath(place, path)} is another commit there; its own files stay as they are (git submodule update moves them).`;

function ownFolderObstacles(place: RepositoryPlace, touched: readonly TouchedPath[]): string[] {
  const ownFolder = joinPath(place.prefix, ".gatehouse");
  const paths = touched.filter(({ path }) => path === ownFolder || isBelow(path, ownFolder));
  return paths.length === 0
    ? []
    : [
        `${shownPath(place, paths[0]?.path ?? "")} is tracked by git, but the folder is Gatehouse's own: take it out of the commits first (git rm --cached).`,
      ];
}

/** Folders that go, and those that a later move back might empty and so remove. Outermost first. */
function directoriesOf(
  hindrances: Hindrances,
  effects: Effects,
  brought: Found["brought"],
): MovePlan["directories"] {
  const found = new Map<BytePath, { path: BytePath; mode: number; goes: boolean }>();
  for (const { path, mode } of hindrances.foldersAbove) found.set(path, { path, mode, goes: false });
  for (const { path, mode } of [...hindrances.foldersInTheWay, ...effects.folders, ...brought])
    found.set(path, { path, mode, goes: true });
  return [...found.values()].toSorted((left, right) => compareBytes(left.path, right.path));
}

/** Permissions of files that go, change or are kept, where git would give them others. */
function modesOf(touched: readonly TouchedPath[], { list, adopted }: Effects): MovePlan["modes"] {
  const links = new Set(touched.filter(({ disk }) => disk?.link).map(({ path }) => path));
  return [...list, ...adopted].flatMap(({ path, disk }) =>
    disk === null || links.has(path) || disk.mode === defaultMode(disk.mode)
      ? []
      : [{ path, mode: disk.mode }],
  );
}

function previewIdOf({
  move,
  from,
  branchRef,
  effects,
}: Pick<MovePlan, "move" | "from" | "branchRef" | "effects">): string {
  const { operation, toHash, goal, willTest } = move;
  const hash = createHash("sha256");
  const add = (...parts: readonly string[]): void => parts.forEach((part) => hash.update(part).update("\0"));
  add(operation, from.hash, toHash, goal, branchRef ?? "", String(willTest));
  for (const { path, kind, change, disk, keep } of effects.list)
    add(path, kind, change, disk?.signature ?? "", String(keep));
  for (const { path } of effects.folders) add(path);
  return hash.digest("hex").slice(0, 32);
}

/** Whether all is still as it was planned: the commit, the status, and whatever stands where something is written. */
export async function isAsPlanned({ place, status, looks }: MovePlan): Promise<boolean> {
  if (JSON.stringify(await readStatus(place)) !== JSON.stringify(status)) return false;
  for (const { path, signature } of looks) {
    const found = await lookAt(place, path);
    // A path below a file that has to go, or below a link, was nothing when it was planned.
    if (
      signature === "none"
        ? found.kind === "file" && !looks.some((each) => isBelow(path, each.path))
        : found.signature !== signature
    )
      return false;
  }
  return true;
}
