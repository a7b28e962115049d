import type { BytePath } from "./byte-path";
import type { DiskFile } from "./effects";

/** A folder of the work tree as the walk before a move found it. */
export interface WalkedFolder {
  readonly path: BytePath;
  readonly mode: number;
  /** The goal has files in it, so that git never removes it. */
  readonly tracked: boolean;
  /** Something in it stays whatever happens: an ignored file, a repository, a pipe. */
  readonly holds: boolean;
  /** It has files about which the move itself decides. */
  readonly moves: boolean;
  /** Files that are neither the goal's nor ignored by its rules. */
  readonly files: readonly DiskFile[];
  readonly folders: readonly WalkedFolder[];
}

export interface Cleaned {
  readonly files: readonly DiskFile[];
  /** Innermost first. `empty`: there is no file in it, however deep. */
  readonly folders: readonly { readonly path: BytePath; readonly mode: number; readonly empty: boolean }[];
}

/**
 * What `git clean -fd` removes below a folder, which itself stays. `going`: files that the reset removes before.
 * `keepEmpty`: folders that are empty now stay.
 */
export function cleanedBelow(
  folder: WalkedFolder,
  going: ReadonlySet<BytePath>,
  keepEmpty: boolean,
): Cleaned {
  const files = folder.files.filter(({ path }) => !going.has(path));
  const folders: Cleaned["folders"][number][] = [];
  for (const inner of folder.folders) {
    const below = cleanedBelow(inner, going, keepEmpty);
    files.push(...below.files);
    folders.push(...below.folders);
    if (goes(inner, keepEmpty)) folders.push({ path: inner.path, mode: inner.mode, empty: isEmpty(inner) });
  }
  return { files, folders };
}

function goes(folder: WalkedFolder, keepEmpty: boolean): boolean {
  if (folder.tracked || folder.holds || (keepEmpty && isEmpty(folder))) return false;
  return folder.folders.every((inner) => goes(inner, keepEmpty));
}

function isEmpty(folder: WalkedFolder): boolean {
  return !folder.moves && folder.files.length === 0 && folder.folders.every(isEmpty);
}
