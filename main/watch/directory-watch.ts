import { watch, type FSWatcher } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";

/** How often files are looked at even when the system announces nothing (network file systems, links, lost events). */
const pollMs = 1_000;

/**
 * Calls `onHint` whenever something may have happened to files of `directory`: on the system's events, and on every
 * poll. While the directory does not exist, its nearest existing ancestor is watched for its coming. A hint is never
 * a promise: the caller looks for itself.
 */
export class DirectoryWatch {
  readonly #directory: string;
  /** Null: any name. */
  readonly #names: ReadonlySet<string> | null;
  readonly #onHint: () => void;
  #watcher: FSWatcher | null = null;
  #watched = "";
  #watchedInode = 0;
  #poll: NodeJS.Timeout | null = null;
  #stopped = false;
  #aiming = false;

  constructor(directory: string, names: readonly string[] | "any", onHint: () => void) {
    this.#directory = directory;
    this.#names = names === "any" ? null : new Set(names);
    this.#onHint = onHint;
  }

  async start(): Promise<void> {
    await this.#aim();
    if (this.#stopped) return;
    this.#poll = setInterval(() => {
      void this.#aim();
      this.#onHint();
    }, pollMs);
  }

  stop(): void {
    this.#stopped = true;
    if (this.#poll !== null) clearInterval(this.#poll);
    this.#watcher?.close();
    this.#watcher = null;
  }

  /** Points the watch at the directory or its nearest existing ancestor, if it is not there already. */
  async #aim(): Promise<void> {
    if (this.#aiming) return;
    this.#aiming = true;
    try {
      for (let directory = this.#directory; ; directory = dirname(directory)) {
        const inode = await directoryInode(directory);
        if (this.#stopped) return;
        if (inode !== null) {
          if (directory !== this.#watched || inode !== this.#watchedInode) this.#watch(directory, inode);
          return;
        }
        if (directory === dirname(directory)) return;
      }
    } finally {
      this.#aiming = false;
    }
  }

  #watch(directory: string, inode: number): void {
    this.#watcher?.close();
    this.#watcher = null;
    this.#watched = directory;
    this.#watchedInode = inode;
    const names =
      directory === this.#directory ? this.#names : new Set([nextSegment(directory, this.#directory)]);
    try {
      this.#watcher = watch(directory, { persistent: true }, (_event, name) => {
        const own = name === basename(directory);
        if (name !== null && !own && names !== null && !names.has(name)) return;
        if (own || directory !== this.#directory) void this.#aim().then(this.#onHint);
        else this.#onHint();
      });
      this.#watcher.on("error", () => {
        this.#watcher?.close();
        this.#watcher = null;
        this.#watched = "";
      });
    } catch {
      // No watch to be had (for example no inotify watches left): the poll goes on, and tries again.
      this.#watched = "";
    }
  }
}

async function directoryInode(directory: string): Promise<number | null> {
  try {
    const stats = await stat(directory);
    return stats.isDirectory() ? stats.ino : null;
  } catch {
    return null;
  }
}

/** Name of the entry of `ancestor` on the way to `directory`. */
function nextSegment(ancestor: string, directory: string): string {
  let at = directory;
  while (dirname(at) !== ancestor && dirname(at) !== at) at = dirname(at);
  return basename(at);
}
