import type { SurfaceDefinition } from "../../cycle/definition";
import { jsonDifference } from "../../cycle/drift";
import { renderSnapshot, upsertRecord } from "../../cycle/records";
import { contextLine } from "../../cycle/response";
import { jsonObject, type Json } from "../../json";
import { byKeys } from "../../text";
import {
  decodeMemoryCase,
  decodeMemoryEntry,
  memoryCaseKey,
  validateMemoryCase,
  type MemoryCase,
  type MemoryEntry,
} from "./contract";
import { evaluateMemoryCase, type MemoryEvaluation } from "./evaluate";

/** Entries sorted by id. */
type MemoryState = readonly MemoryEntry[];

/** The memory surface (spec/tau/surfaces.md §11). What a retrieval finds is kept as what an extraction makes. */
export const memoryDefinition: SurfaceDefinition<
  MemoryCase,
  MemoryState,
  MemoryEvaluation,
  "upserted_entries"
> = {
  contractLabel: "memory",
  label: "memory",
  source: "tau-memory-runner",
  decodeCase: decodeMemoryCase,
  validateCase: validateMemoryCase,
  // Every value a case may hold is checked with its shape, so nothing is left to be incompatible.
  checkCompatibility: () => undefined,
  compareCases: byKeys(
    (item) => item.caseId,
    (item) => item.mode,
  ),
  caseKey: memoryCaseKey,
  emptyState: [],
  decodeState: (reader) => reader.objects("entries", decodeMemoryEntry, []).toSorted(byKeys(memoryIdOf)),
  encodeState: (state) => ({ beforeHealth: { entries: asJson(state) } }),
  evaluate: evaluateMemoryCase,
  payloadDrift: (item, evaluation) =>
    jsonDifference("entries", asJson(item.expectedEntries), asJson(evaluation.entries)),
  conclude: ({ item, evaluation, state: before }) => {
    const { outcome, errorCode: error_code, entries } = evaluation;
    const success = outcome === "success";
    const state = entries.reduce(
      (current, entry) => upsertRecord(current, entry, memoryIdOf, memoryIdOf),
      before,
    );
    const channel = {
      transport: "memory",
      channelId: item.channelId,
      logPayload: jsonObject({
        outcome,
        mode: item.mode,
        case_id: item.caseId,
        ...(success ? { upserted_entries: entries.length } : { error_code }),
      }),
      contextText: contextLine(
        "memory",
        item.caseId,
        evaluation,
        `mode=${item.mode} entries=${entries.length}`,
      ),
      memory: success ? renderMemory(state, item.workspaceId) : null,
    };
    return {
      state,
      counters: { upserted_entries: entries.length },
      channel: item.channelId === "" ? null : channel,
    };
  },
  counters: ["upserted_entries"],
  reasons: [],
};

function memoryIdOf(entry: MemoryEntry): string {
  return entry.memory_id;
}

function asJson(entries: readonly MemoryEntry[]): Json {
  return entries.map((entry) => jsonObject({ ...entry }));
}

/** MEMORY.md of a memory channel: the entries of the case's workspace. */
function renderMemory(state: MemoryState, workspaceId: string): string {
  const own = state.filter((entry) => entry.source_event_key.startsWith(`${workspaceId}:`));
  return renderSnapshot(
    `Memory Snapshot (${workspaceId})`,
    own.map((entry) => `${entry.memory_id}: ${entry.summary}`),
    "no persisted entries",
  );
}
