import { mkdir, open, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { BridgeError } from "#contract/envelope";
import type { RolloutEvent } from "#contract/rollout/journal";
import { syncDirectory, writeDurable } from "../../system/write-durable";
import { fileSignature } from "../../watch/file-identity";
import { describeFileError, isAbsent } from "../../watch/file-problem";
import { historyCacheFile, listHistory } from "./history";
import type { OpenFile } from "./journal-file";
import { JournalFold } from "./journal-fold";
import { encodeEntry, firstPreviousHash } from "./journal-line";
import type { RolloutJournal, RolloutStore, WritableJournal } from "./journal-types";
import { readOnlyJournal, writableJournal } from "./open-journal";
import { readJournal } from "./read-journal";
import { isRolloutId, requireRolloutId, rolloutIdAfter } from "./rollout-identifier";

/** The journals of a workspace; `openFile` opens them for appending. */
export function createRolloutStore(workspacePath: string, openFile: OpenFile = open): RolloutStore {
  const folder = join(workspacePath, ".gatehouse", "rollouts");
  const opened = new Map<string, WritableJournal>();
  const fileOf = (rolloutId: string) => join(folder, rolloutId, "journal.jsonl");
  const pathOf = (rolloutId: string) => relative(workspacePath, fileOf(rolloutId)).split(sep).join("/");

  const rolloutIds = async (): Promise<string[]> => {
    const ids = await rolloutFolders(folder);
    const signatures = await Promise.all(ids.map((id) => fileSignature(fileOf(id))));
    // A folder without a journal is what a start that was cut short left: no rollout.
    return ids.filter((_, index) => signatures[index] !== "absent");
  };

  const latestId = async (): Promise<string | null> => {
    for (const id of await rolloutFolders(folder)) {
      if ((await fileSignature(fileOf(id))) !== "absent") return id;
    }
    return null;
  };

  const read = async (rolloutId: string): Promise<RolloutJournal> => {
    requireRolloutId(rolloutId);
    const file = fileOf(rolloutId);
    return readOnlyJournal(rolloutId, file, await readJournal(file, pathOf(rolloutId)));
  };

  const openWritable = async (rolloutId: string): Promise<WritableJournal> => {
    requireRolloutId(rolloutId);
    const file = fileOf(rolloutId);
    const found = await readJournal(file, pathOf(rolloutId));
    const journal = await writableJournal(rolloutId, file, found, openFile, () => {
      if (opened.get(rolloutId) === journal) opened.delete(rolloutId);
    });
    opened.set(rolloutId, journal);
    return journal;
  };

  return {
    newRolloutId: async (unixMs) => rolloutIdAfter((await rolloutFolders(folder))[0] ?? null, unixMs),
    async create(rolloutId, events) {
      requireRolloutId(rolloutId);
      const file = fileOf(rolloutId);
      if ((await fileSignature(file)) !== "absent") {
        throw new BridgeError("conflict", `There is a journal ${pathOf(rolloutId)} already.`);
      }
      const line = firstLine(pathOf(rolloutId), events);
      try {
        await mkdir(join(folder, rolloutId), { recursive: true });
        for (const directory of [workspacePath, join(workspacePath, ".gatehouse"), folder]) {
          await syncDirectory(directory);
        }
        await writeDurable(file, line);
      } catch (error) {
        const message = `${pathOf(rolloutId)} cannot be written: ${describeFileError(error)}.`;
        throw new BridgeError("unavailable", message);
      }
      return openWritable(rolloutId);
    },
    open: openWritable,
    read,
    list: () =>
      listHistory({
        cacheFile: historyCacheFile(folder),
        rolloutIds,
        journalFile: fileOf,
        opened: (rolloutId) => opened.get(rolloutId) ?? null,
        read,
      }),
    latestId,
  };
}

/** Throws a `BridgeError`, or what `evolve` throws, for events that no rollout can begin with. */
function firstLine(path: string, events: readonly RolloutEvent[]): Buffer {
  const { entry, bytes } = encodeEntry(1, firstPreviousHash, events);
  new JournalFold(path).fold(entry);
  return bytes;
}

/** Names of the rollouts' folders, newest first. */
async function rolloutFolders(folder: string): Promise<string[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true });
    const names = found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    return names.filter(isRolloutId).sort().reverse();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw new BridgeError("unreadable", `${folder} cannot be read: ${describeFileError(error)}.`);
  }
}
