import type { ContractCase } from "../../cycle/definition";
import {
  caseFault,
  requireErrorCodePresence,
  requireSimulationConsistency,
  requireSupportedErrorCode,
  requireText,
} from "../../cycle/fixture";
import { unsigned16, unsigned64, type FieldReader } from "../../decode";
import { isBlank, lowerAscii, trimText } from "../../text";

/** Error codes of the memory contract (spec/tau/surfaces.md §11). */
export const memoryErrorCodes = {
  emptyInput: "memory_empty_input",
  invalidScope: "memory_invalid_scope",
  backendUnavailable: "memory_backend_unavailable",
} as const;

const maximumBasisPoints = 10_000;
const maximumRetrieval = 50;

/** One remembered entry, keys in file order; weights in basis points (0 to 10,000). */
export interface MemoryEntry {
  readonly memory_id: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly facts: readonly string[];
  readonly source_event_key: string;
  readonly recency_weight_bps: number;
  readonly confidence_bps: number;
}

export interface MemoryCase extends ContractCase {
  readonly mode: "extract" | "retrieve";
  readonly workspaceId: string;
  readonly channelId: string;
  readonly actorId: string;
  readonly inputText: string;
  readonly queryText: string;
  readonly retrievalLimit: number;
  readonly priorEntries: readonly MemoryEntry[];
  readonly expectedEntries: readonly MemoryEntry[];
}

export function decodeMemoryCase(reader: FieldReader, common: ContractCase): MemoryCase {
  return {
    ...common,
    mode: reader.choice("mode", ["extract", "retrieve"]),
    ...reader.object("scope", (scope) => ({
      workspaceId: trimText(scope.string("workspace_id")),
      channelId: trimText(scope.string("channel_id", "")),
      actorId: trimText(scope.string("actor_id", "")),
    })),
    inputText: reader.string("input_text", ""),
    queryText: reader.string("query_text", ""),
    retrievalLimit: reader.integer("retrieval_limit", unsigned64, 5),
    priorEntries: reader.objects("prior_entries", decodeMemoryEntry, []),
    expectedEntries: reader.object("expected", (expected) =>
      expected.objects("entries", decodeMemoryEntry, []),
    ),
  };
}

/** Shape of an entry, in a fixture as in the state file. */
export function decodeMemoryEntry(reader: FieldReader): MemoryEntry {
  return {
    memory_id: reader.string("memory_id"),
    summary: reader.string("summary"),
    tags: reader.strings("tags", []),
    facts: reader.strings("facts", []),
    source_event_key: reader.string("source_event_key"),
    recency_weight_bps: reader.integer("recency_weight_bps", unsigned16),
    confidence_bps: reader.integer("confidence_bps", unsigned16),
  };
}

export function validateMemoryCase(item: MemoryCase): void {
  const { outcome } = item.expected;
  if (item.workspaceId === "" && outcome !== "malformed_input") {
    throw caseFault(item, "scope.workspace_id", "expected text unless the outcome is malformed_input");
  }
  requireSimulationConsistency(item);
  if (item.retrievalLimit < 1 || item.retrievalLimit > maximumRetrieval) {
    throw caseFault(item, "retrieval_limit", `expected 1 to ${maximumRetrieval}`);
  }
  if (outcome !== "malformed_input") {
    if (item.mode === "extract") requireText(item, "input_text", item.inputText);
    else requireText(item, "query_text", item.queryText);
  }
  if (item.mode === "retrieve" && outcome === "success" && item.priorEntries.length === 0) {
    throw caseFault(item, "prior_entries", "expected at least one entry for a successful retrieval");
  }
  item.priorEntries.forEach((entry, index) => validateEntry(item, `prior_entries[${index}]`, entry));
  item.expectedEntries.forEach((entry, index) => validateEntry(item, `expected.entries[${index}]`, entry));
  validateExpectation(item);
}

function validateEntry(item: MemoryCase, field: string, entry: MemoryEntry): void {
  for (const key of ["memory_id", "summary", "source_event_key"] as const) {
    if (isBlank(entry[key])) throw caseFault(item, `${field}.${key}`, "expected text, found blank");
  }
  for (const key of ["tags", "facts"] as const) validateWords(item, `${field}.${key}`, entry[key]);
  for (const key of ["recency_weight_bps", "confidence_bps"] as const) {
    if (entry[key] > maximumBasisPoints) {
      throw caseFault(item, `${field}.${key}`, `expected 0 to ${maximumBasisPoints}, found ${entry[key]}`);
    }
  }
}

function validateWords(item: MemoryCase, field: string, words: readonly string[]): void {
  const seen = new Set<string>();
  words.forEach((word, index) => {
    const folded = lowerAscii(trimText(word));
    if (folded === "") throw caseFault(item, `${field}[${index}]`, "expected text, found blank");
    if (seen.has(folded)) throw caseFault(item, `${field}[${index}]`, `duplicate value '${trimText(word)}'`);
    seen.add(folded);
  });
}

function validateExpectation(item: MemoryCase): void {
  const { outcome, errorCode } = item.expected;
  requireErrorCodePresence(item);
  requireSupportedErrorCode(item, Object.values(memoryErrorCodes));
  if (outcome === "success" && item.expectedEntries.length === 0) {
    throw caseFault(item, "expected.entries", "expected at least one entry for outcome success");
  }
  if (outcome !== "success" && item.expectedEntries.length > 0) {
    throw caseFault(item, "expected.entries", "expected none for a failure");
  }
  if (outcome === "retryable_failure" && errorCode !== memoryErrorCodes.backendUnavailable) {
    throw caseFault(item, "expected.error_code", `expected ${memoryErrorCodes.backendUnavailable}`);
  }
}

export function memoryCaseKey(item: MemoryCase): string {
  return `${item.mode}:${item.caseId}`;
}
