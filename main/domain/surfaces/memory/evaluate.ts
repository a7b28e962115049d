import type { CaseEvaluation } from "../../cycle/definition";
import { compareBytes, isBlank, lowerAscii, splitWords } from "../../text";
import { memoryErrorCodes, type MemoryCase, type MemoryEntry } from "./contract";

/** What a memory case comes to: no status code, but entries. */
export interface MemoryEvaluation extends CaseEvaluation {
  readonly entries: readonly MemoryEntry[];
}

/** What one memory case comes to; the first rule that matches decides (spec/tau/surfaces.md §11). */
export function evaluateMemoryCase(item: MemoryCase): MemoryEvaluation {
  if (item.workspaceId === "") return failed("malformed_input", memoryErrorCodes.invalidScope);
  if (isBlank(item.mode === "extract" ? item.inputText : item.queryText)) {
    return failed("malformed_input", memoryErrorCodes.emptyInput);
  }
  if (item.simulateRetryableFailure) return failed("retryable_failure", memoryErrorCodes.backendUnavailable);
  const entries = item.mode === "extract" ? [extractEntry(item)] : rankEntries(item);
  return { outcome: "success", errorCode: "", statusCode: null, entries };
}

function failed(outcome: "malformed_input" | "retryable_failure", errorCode: string): MemoryEvaluation {
  return { outcome, errorCode, statusCode: null, entries: [] };
}

function extractEntry(item: MemoryCase): MemoryEntry {
  const tags = distinctWords(item.inputText).filter((word) => word.length >= 4);
  return {
    memory_id: `mem-${item.caseId}`,
    summary: splitWords(item.inputText).join(" "),
    tags: tags.length > 0 ? tags.slice(0, 3) : ["memory"],
    facts: [`scope=${item.workspaceId}`],
    source_event_key: `${item.workspaceId}:extract:${item.caseId}`,
    recency_weight_bps: 9000,
    confidence_bps: 8200,
  };
}

/** Best score first, then the fresher, then the surer, then by id. */
function rankEntries(item: MemoryCase): readonly MemoryEntry[] {
  const words = distinctWords(item.queryText);
  return item.priorEntries
    .map((entry) => ({ entry, score: scoreEntry(entry, words) }))
    .toSorted(
      (left, right) =>
        right.score - left.score ||
        right.entry.recency_weight_bps - left.entry.recency_weight_bps ||
        right.entry.confidence_bps - left.entry.confidence_bps ||
        compareBytes(left.entry.memory_id, right.entry.memory_id),
    )
    .slice(0, item.retrievalLimit)
    .map(({ entry }) => entry);
}

function scoreEntry(entry: MemoryEntry, words: readonly string[]): number {
  const summary = lowerAscii(entry.summary);
  const facts = lowerAscii(entry.facts.join(" "));
  const tags = new Set(entry.tags.map(lowerAscii));
  const points = words.map(
    (word) => 2 * Number(summary.includes(word)) + Number(facts.includes(word)) + 3 * Number(tags.has(word)),
  );
  return points.reduce((sum, value) => sum + value, 0);
}

/** Runs of ASCII letters and digits, lower-case, each once, in the order they appear. */
function distinctWords(text: string): string[] {
  return [...new Set(lowerAscii(text).match(/[a-z0-9]+/g) ?? [])];
}
