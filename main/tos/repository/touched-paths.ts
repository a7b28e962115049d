import type { BytePath } from "#domain/tos/repository/byte-path";
import { foldersAbove } from "#domain/tos/repository/byte-path";
import type { TouchedPath, TreeFile } from "#domain/tos/repository/effects";
import { parseTree } from "#domain/tos/repository/ls-tree";
import { quotedPath } from "#domain/tos/repository/quoted-path";
import type { Status } from "#domain/tos/repository/status";
import { parseTreeChanges, submoduleMode } from "#domain/tos/repository/tree-change";
import { createHash } from "node:crypto";
import { blobName, defaultMode, lookAt, type Look } from "./look";
import { intendedChanges } from "./half-done";
import type { Move } from "./move";
import type { RepositoryPlace } from "./place";
import { gitBytes, gitText } from "./run-git";
import type { TargetRules } from "./target-rules";
import { list } from "./walk";

export interface Goal {
  /** Every file of the goal. */
  readonly goal: ReadonlyMap<BytePath, TreeFile>;
  /** Those that are put back as they are instead of being checked out. */
  readonly overlay: ReadonlySet<BytePath>;
  readonly rules: TargetRules;
}

const treeDifference = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--ignore-submodules=none"];

/**
 * Paths that moving to the goal writes or removes: those that differ between HEAD and the goal; those that are not as
 * HEAD has them, also where git was told not to look (`git update-index --assume-unchanged`), because `git reset --hard`
 * looks all the same; and those that an operation which was cut off may have left half done.
 */
export async function findTouched(
  place: RepositoryPlace,
  status: Status,
  move: Move,
  target: Goal,
): Promise<TouchedPath[]> {
  const options = { environment: place.environment };
  const { goal } = target;
  const [difference, flags, halfDone] = await Promise.all([
    gitBytes(place.top, [...treeDifference, status.head ?? "", move.goal], options),
    gitBytes(place.top, ["ls-files", "-v", "-z"], options),
    Promise.all(move.interrupted.map((record) => intendedChanges(place, record))),
  ]);
  const heads = new Map<BytePath, TreeFile | null>();
  for (const { path, oldMode, oldHash } of parseTreeChanges(difference))
    heads.set(path, oldMode === null ? null : { mode: oldMode, hash: oldHash });
  const others = [
    ...status.entries.filter(({ code }) => code !== "??").map(({ path }) => path),
    ...halfDone.flat().map(({ path }) => path),
    ...(await changedUnseen(place, flags, goal)),
  ];
  for (const path of others) if (!heads.has(path)) heads.set(path, goal.get(path) ?? null);
  const untracked = new Set(status.entries.filter(({ code }) => code === "??").map(({ path }) => path));
  const tracked = new Set(status.entries.filter(({ code }) => code !== "??").map(({ path }) => path));
  const folders = new Map<BytePath, Promise<boolean>>();
  const touched: TouchedPath[] = [];
  for (const [path, head] of heads) {
    const look = (await isReachable(place, path, folders)) ? await lookAt(place, path) : null;
    const isFile = look?.kind === "file" || look?.kind === "symlink";
    const hash = look && isFile ? await blobName(place, path, look) : "";
    const entry = goal.get(path) ?? null;
    const kind =
      head !== null || tracked.has(path) ? "tracked" : untracked.has(path) ? "untracked" : "ignored";
    touched.push({
      path,
      head,
      goal: entry,
      disk: look && fileOf(path, look, hash),
      kind,
      emptyFolder:
        look?.kind === "directory" && head?.mode === submoduleMode && (await list(place, path))?.length === 0,
      staysSame: look !== null && (await staysSame(place, move, target, path, look, hash)),
    });
  }
  return touched;
}

/** Whether the folders above a path are folders, and no links that lead elsewhere. */
async function isReachable(
  place: RepositoryPlace,
  path: BytePath,
  known: Map<BytePath, Promise<boolean>>,
): Promise<boolean> {
  for (const folder of foldersAbove(path)) {
    const isFolder = known.get(folder) ?? lookAt(place, folder).then(({ kind }) => kind === "directory");
    known.set(folder, isFolder);
    if (!(await isFolder)) return false;
  }
  return true;
}

/** Files marked `assume-unchanged` whose content is not the committed one. */
async function changedUnseen(
  place: RepositoryPlace,
  flags: string,
  goal: ReadonlyMap<BytePath, TreeFile>,
): Promise<BytePath[]> {
  const marked = flags
    .split("\0")
    .filter((line) => /^[a-z] /.test(line))
    .map((line) => line.slice(2));
  const files: BytePath[] = [];
  const gone: BytePath[] = [];
  for (const path of marked) {
    const { kind } = await lookAt(place, path);
    if (kind === "file") files.push(path);
    else gone.push(path);
  }
  if (files.length === 0) return gone;
  const names = await gitText(place.top, ["hash-object", "--stdin-paths"], {
    environment: place.environment,
    input: files.map((path) => `${quotedPath(path)}\n`).join(""),
  });
  const hashes = names.split("\n");
  return [...gone, ...files.filter((path, position) => goal.get(path)?.hash !== hashes[position])];
}

/** Whether a file is, byte for byte and with its permissions, what will be written in its place. */
async function staysSame(
  place: RepositoryPlace,
  move: Move,
  { goal, overlay, rules }: Goal,
  path: BytePath,
  look: Look,
  hash: string,
): Promise<boolean> {
  const entry = goal.get(path);
  if (entry === undefined || entry.mode === submoduleMode) return false;
  if ((entry.mode === "120000") !== (look.kind === "symlink")) return false;
  if (look.kind === "symlink") return hash === entry.hash;
  const mode = move.goalModes.get(path) ?? defaultMode(entry.mode === "100755" ? 0o777 : 0o666);
  if (look.mode !== mode) return false;
  if (overlay.has(path) || rules.checkedOut === null) return hash === entry.hash;
  const written = await rules.checkedOut(path, entry.hash);
  return (
    createHash(place.objectFormat).update(`blob ${written.length}\0`).update(written).digest("hex") === hash
  );
}

/** Every file of a commit. */
export async function readTree(
  { top, environment }: RepositoryPlace,
  commit: string,
): Promise<ReadonlyMap<BytePath, TreeFile>> {
  return parseTree(await gitBytes(top, ["ls-tree", "-r", "-z", "--full-tree", commit], { environment }));
}

/** Paths that the goal has beyond the commit which is checked out. */
export async function overlayOf(
  { top, environment }: RepositoryPlace,
  { toHash, goal }: Move,
): Promise<ReadonlySet<BytePath>> {
  if (toHash === goal) return new Set();
  const difference = await gitBytes(top, [...treeDifference, toHash, goal], { environment });
  return new Set(parseTreeChanges(difference).map(({ path }) => path));
}

/** What a look says of a file or a link; null for anything else. */
function fileOf(path: BytePath, look: Look, hash: string): TouchedPath["disk"] {
  if (look.kind !== "file" && look.kind !== "symlink") return null;
  const { bytes, mode, signature } = look;
  return { path, bytes, mode, signature, link: look.kind === "symlink", hash };
}
