import { expect, test } from "vitest";
import { memoryDefinition } from "#domain/surfaces/memory/definition";
import { fixtureDocument, refusal, type CaseChange, type CaseDocument } from "./fixture-cases";

function entry(item: CaseDocument, list: "prior_entries" | "entries"): Record<string, unknown> {
  const entries = list === "entries" ? item.expected["entries"] : item[list];
  return (entries as Record<string, unknown>[])[0] ?? {};
}

const refused: readonly (readonly [string, CaseChange, string])[] = [
  [
    "no workspace",
    (item) => (item["scope"] = { workspace_id: "" }),
    "scope.workspace_id: expected text unless",
  ],
  ["no query", (item) => (item["query_text"] = "\n"), "query_text: expected text"],
  ["no input", (item) => (item["mode"] = "extract"), "input_text: expected text"],
  ["a limit of 0", (item) => (item["retrieval_limit"] = 0), "retrieval_limit: expected 1 to 50"],
  ["a limit of 51", (item) => (item["retrieval_limit"] = 51), "retrieval_limit: expected 1 to 50"],
  [
    "nothing to retrieve from",
    (item) => (item["prior_entries"] = []),
    "prior_entries: expected at least one",
  ],
  [
    "success without entries",
    (item) => (item.expected["entries"] = []),
    "expected.entries: expected at least one",
  ],
  [
    "an entry without id",
    (item) => (entry(item, "prior_entries")["memory_id"] = " "),
    "prior_entries[0].memory_id: expected text",
  ],
  [
    "an entry without summary",
    (item) => (entry(item, "entries")["summary"] = ""),
    "expected.entries[0].summary: expected text",
  ],
  [
    "an entry without source",
    (item) => (entry(item, "entries")["source_event_key"] = ""),
    "source_event_key: expected text",
  ],
  ["a blank tag", (item) => (entry(item, "entries")["tags"] = ["a", " "]), "tags[1]: expected text"],
  [
    "the same fact twice",
    (item) => (entry(item, "entries")["facts"] = ["A=1", "a=1"]),
    "facts[1]: duplicate value 'a=1'",
  ],
  [
    "a weight past 10000",
    (item) => (entry(item, "entries")["confidence_bps"] = 10_001),
    "confidence_bps: expected 0 to 10000",
  ],
  [
    "an unknown error code",
    (item) => (item.expected = { outcome: "malformed_input", error_code: "memory_x" }),
    "unsupported error_code 'memory_x'",
  ],
  [
    "a failure with entries",
    (item) => Object.assign(item.expected, { outcome: "malformed_input", error_code: "memory_empty_input" }),
    "expected.entries: expected none",
  ],
  [
    "another retryable code",
    (item) => {
      item["simulate_retryable_failure"] = true;
      item.expected = { outcome: "retryable_failure", error_code: "memory_empty_input" };
    },
    "expected.error_code: expected memory_backend_unavailable",
  ],
];

test.each(refused)("a memory fixture with %s is refused", (_what, change, message) => {
  const fixture = fixtureDocument("memory", "retrieve-ranking");
  expect(refusal(memoryDefinition, fixture, "retrieve-release-checklist", change)).toContain(message);
});
