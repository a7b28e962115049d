import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import type { RecordReference } from "#contract/reading";
import { journalEntrySchema, type RolloutEvent, type TimelineEntry } from "#contract/rollout/journal";
import type { ParsedInput, RequestOutput } from "#contract/requests";
import { replay } from "#domain/rollout/evolve";
import type { RolloutState } from "#domain/rollout/state";
import { summaryOf } from "#domain/rollout/summary";
import type { OpenRollout } from "./ledger";

export interface RolloutJournal {
  readonly path: string;
  readonly effectsDirectory: string;
  readonly entries: number;
  append(events: readonly RolloutEvent[]): Promise<void>;
}
export interface JournalReading {
  readonly path: string;
  readonly entries: readonly TimelineEntry[];
  readonly problem: string;
  readonly record: RecordReference | null;
}
export interface NewestRollout extends OpenRollout {
  readonly reading: JournalReading;
  readonly repairedBytes: number;
}
export interface Journals {
  openNewest(): Promise<NewestRollout | null>;
  create(rolloutId: string, events: readonly RolloutEvent[]): Promise<RolloutJournal>;
  read(rolloutId: string): Promise<JournalReading | null>;
  list(
    input: ParsedInput<"rollout.list">,
    open: RolloutState | null,
    problem: string,
  ): Promise<RequestOutput<"rollout.list">>;
  close(): Promise<void>;
}

export function openJournals(workspacePath: string, writable: boolean): Journals {
  const root = join(workspacePath, ".gatehouse", "rollouts");
  const pathOf = (id: string): string => join(root, id, "journal.jsonl");
  const ids = async (): Promise<string[]> =>
    (await readdir(root).catch(() => [])).filter((n) => !n.endsWith(".json")).toSorted().toReversed();
  async function parse(id: string) {
    const path = `.gatehouse/rollouts/${id}/journal.jsonl`;
    const text = await readFile(pathOf(id), "utf8").catch(() => null);
    if (text === null) return null;
    const entries: TimelineEntry[] = [];
    let previous = "0".repeat(64);
    let offset = 0;
    let problem = "";
    let torn = 0;
    for (const line of text.split("\n")) {
      if (line === "") continue;
      const bytes = Buffer.byteLength(line) + 1;
      const hash = createHash("sha256").update(line.slice(0, line.lastIndexOf(',"hash":'))).digest("hex");
      try {
        const entry = journalEntrySchema.parse(JSON.parse(line));
        if (entry.hash !== hash || entry.previousHash !== previous) throw new Error("chain");
        previous = hash;
        entries.push({
          sequence: entry.sequence,
          byteOffset: offset,
          hash,
          unixMs: entry.events[0]?.at.unixMs ?? 0,
          events: entry.events,
        });
      } catch (error) {
        if (offset + bytes - 1 >= Buffer.byteLength(text)) torn = bytes - 1;
        else problem = `line ${entries.length + 1}: ${String(error)}`;
        break;
      }
      offset += bytes;
    }
    return { reading: { path, entries, problem, record: null }, previous, offset, torn };
  }
  function journal(id: string, from: { previous: string; offset: number; entries: number }): RolloutJournal {
    let { previous, entries, offset } = from;
    return {
      path: `.gatehouse/rollouts/${id}/journal.jsonl`,
      effectsDirectory: join(root, id, "effects"),
      get entries() {
        return entries;
      },
      async append(events) {
        const body = JSON.stringify({ sequence: entries + 1, previousHash: previous, events }).slice(0, -1);
        const hash = createHash("sha256").update(body).digest("hex");
        const line = `${body},"hash":"${hash}"}\n`;
        const handle = await open(pathOf(id), "a");
        try {
          await handle.writeFile(line);
          await handle.sync();
        } catch (error) {
          await truncate(pathOf(id), offset).catch(() => undefined);
          throw error;
        } finally {
          await handle.close();
        }
        previous = hash;
        entries += 1;
        offset += Buffer.byteLength(line);
      },
    };
  }
  return {
    async openNewest() {
      const [id] = await ids();
      const parsed = id === undefined ? null : await parse(id);
      if (id === undefined || parsed === null) return null;
      if (writable && parsed.torn > 0) await truncate(pathOf(id), parsed.offset);
      const { reading, torn: repairedBytes } = parsed;
      const state = replay(reading.entries.flatMap((entry) => entry.events));
      if (state === null) return null;
      return { state, reading, repairedBytes, journal: journal(id, { ...parsed, entries: reading.entries.length }) };
    },
    async create(id, events) {
      await mkdir(join(root, id), { recursive: true });
      const made = journal(id, { previous: "0".repeat(64), offset: 0, entries: 0 });
      await made.append(events);
      return made;
    },
    async read(id) {
      return /^[\w-]+$/.test(id) ? ((await parse(id))?.reading ?? null) : null;
    },
    async list({ offset, limit }, _open, _problem) {
      const all = await ids();
      const rows = [];
      for (const id of all.slice(offset, offset + limit)) {
        const reading = (await parse(id))?.reading;
        const state = reading ? replay(reading.entries.flatMap((entry) => entry.events)) : null;
        if (state && reading) rows.push(summaryOf(state, reading.problem));
      }
      return { total: all.length, rollouts: rows };
    },
    close: () => Promise.resolve(),
  };
}
