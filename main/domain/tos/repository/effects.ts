import type { PreviewFile } from "#contract/tos/repository";
import { compareBytes } from "#domain/text";
import { isBelow, type BytePath } from "./byte-path";
import { cleanedBelow, type WalkedFolder } from "./cleaned";

/** A file of a commit. */
export interface TreeFile {
  readonly mode: string;
  readonly hash: string;
}

/** A file or link on the disk. */
export interface DiskFile {
  readonly path: BytePath;
  readonly bytes: number;
  /** Permissions. */
  readonly mode: number;
  readonly signature: string;
}

/** A path that moving to the goal writes or removes: it differs between HEAD and the goal, or from what HEAD holds. */
export interface TouchedPath {
  readonly path: BytePath;
  readonly head: TreeFile | null;
  /** What stands there afterwards; null for nothing. */
  readonly goal: TreeFile | null;
  /** What stands there now, and what git would call its bytes; null for nothing that is a file or a link. */
  readonly disk: (DiskFile & { readonly link: boolean; readonly hash: string }) | null;
  readonly kind: "tracked" | "untracked" | "ignored";
  /** It is the empty folder of a submodule. */
  readonly emptyFolder: boolean;
  /** It would be written again with the same bytes and permissions. */
  readonly staysSame: boolean;
}

/** What was found before a move. */
export interface Facts {
  readonly touched: readonly TouchedPath[];
  /** Files and links in the way of a file of the goal: below a folder of its name, or above it. */
  readonly inTheWay: readonly (DiskFile & { readonly kind: "untracked" | "ignored" })[];
  /** Folders in the way of a file of the goal, with those inside them. */
  readonly foldersInTheWay: readonly BytePath[];
  /** What lies below the project's folder. */
  readonly walked: WalkedFolder;
  /** Folders that are empty now stay: an undo must not take what was there before (git knows nothing of them). */
  readonly keepEmptyFolders: boolean;
  readonly untracked: ReadonlySet<BytePath>;
  /** Ignored files that the automatic test removes. */
  readonly runState: readonly DiskFile[];
}

/** One thing that a move does. `keep`: its present bytes are in no commit. `clean`: git does not remove it by itself. */
export interface Effect {
  readonly path: BytePath;
  readonly kind: PreviewFile["kind"];
  readonly change: PreviewFile["change"];
  readonly disk: DiskFile | null;
  readonly keep: boolean;
  readonly clean: boolean;
  readonly note: string;
}

export interface Effects {
  /** In byte order of their paths. A folder's path ends with `/`. */
  readonly list: readonly Effect[];
  /**
   * Files that stay as they are and that no commit of the present HEAD holds. The goal has the same, so that moving back
   * would take them: they are kept too.
   */
  readonly adopted: readonly TouchedPath[];
  /** Folders that go because nothing is left in them, innermost first. */
  readonly folders: readonly { readonly path: BytePath; readonly mode: number }[];
}

/**
 * Everything that moving the work tree to the goal and cleaning it takes away, changes or brings back: `git reset --hard`
 * followed by `git clean -fd` (seed 004 "rollback mode"; spec/tos/launcher.md §7).
 */
export function effectsOf(facts: Facts): Effects {
  const list: Effect[] = [];
  const taken = new Set<BytePath>();
  const add = (effect: Effect): void => {
    if (taken.has(effect.path)) return;
    taken.add(effect.path);
    list.push(effect);
  };
  const going = new Set<BytePath>();
  for (const touched of facts.touched) {
    const effect = effectOn(touched);
    if (effect) add(effect);
    if (touched.disk && touched.goal === null) going.add(touched.path);
  }
  for (const { kind, ...disk } of facts.inTheWay) {
    const note = "In the way of a file of the target";
    add({ path: disk.path, kind, change: "removed", disk, keep: true, clean: false, note });
    going.add(disk.path);
  }
  const { files, folders } = cleanedBelow(facts.walked, going, facts.keepEmptyFolders);
  for (const disk of files) {
    const untracked = facts.untracked.has(disk.path);
    const note = untracked ? "Untracked" : "Not ignored by the target's rules any longer";
    const kind = untracked ? "untracked" : "ignored";
    add({ path: disk.path, kind, change: "removed", disk, keep: true, clean: true, note });
  }
  const empty = [...folders.filter((each) => each.empty).map(({ path }) => path), ...emptyInTheWay(facts)];
  for (const path of empty)
    if (!empty.some((each) => isBelow(path, each)))
      add({ ...removedFolder, path: `${path}/`, note: "Empty folder" });
  for (const disk of facts.runState) {
    const note = "Removed by the automatic test";
    add({ path: disk.path, kind: "run-state", change: "removed", disk, keep: true, clean: false, note });
  }
  const adopted = facts.touched.filter((touched) => touched.staysSame && isInNoCommit(touched));
  return { adopted, list: list.toSorted((left, right) => compareBytes(left.path, right.path)), folders };
}

/** Folders without any file that go with the folder they are in; of that one the file in its place tells. */
function emptyInTheWay({ touched, inTheWay, foldersInTheWay }: Facts): BytePath[] {
  const replaced = new Set(touched.map(({ path }) => path));
  const files = [...inTheWay, ...touched.filter(({ disk }) => disk)].map(({ path }) => path);
  return foldersInTheWay.filter(
    (folder) => !replaced.has(folder) && !files.some((path) => isBelow(path, folder)),
  );
}

const removedFolder = {
  kind: "untracked",
  change: "removed",
  disk: null,
  keep: false,
  clean: false,
} as const;

function effectOn({ path, head, goal, disk, kind, emptyFolder, staysSame }: TouchedPath): Effect | null {
  const writes = goal !== null && goal.mode !== "160000";
  if (emptyFolder && goal === null)
    return { ...removedFolder, path: `${path}/`, note: "Empty folder of a submodule" };
  if (disk === null)
    return writes
      ? { path, kind, change: "restored", disk: null, keep: false, clean: false, note: "" }
      : null;
  if (staysSame) return null;
  const keep = isInNoCommit({ head, disk });
  const note = kind === "tracked" ? (keep ? "Differs from what is committed" : "") : "Tracked by the target";
  // Git removes what its index knows; a file that only a cut-off move left there it does not.
  const clean = goal === null;
  return { path, kind, change: writes ? "changed" : "removed", disk, keep, clean, note };
}

function isInNoCommit({ head, disk }: Pick<TouchedPath, "head" | "disk">): boolean {
  return disk !== null && (head === null || disk.hash !== head.hash || isLink(head) !== disk.link);
}

const isLink = ({ mode }: TreeFile): boolean => mode === "120000";
