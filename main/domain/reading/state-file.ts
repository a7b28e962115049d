import type { HealthSnapshot } from "#contract/health";
import { ContractError } from "../contract-error";
import { decodeHealth } from "../cycle/health-snapshot";
import { FieldReader, unsigned32 } from "../decode";
import { JsonSyntaxError, parseJson } from "../json-parse";

/** What watching takes from a `state.json`; the surface's own records stay with the surface. */
export interface StateFacts {
  readonly health: HealthSnapshot;
  readonly processedCaseCount: number;
}

/** A file's content, or why it has none, in words that name the field. */
export type ParsedFile<Facts> =
  { readonly ok: true; readonly facts: Facts } | { readonly ok: false; readonly problem: string };

/**
 * Reads the text of a `state.json` (spec/tau/surfaces.md §2; health.md §1). Stricter than the reference, which
 * classifies a file without `health` as healthy (health.md §3): a file that says nothing of health is not evidence
 * of it. A `schema_version` other than 1 is a file of somebody else.
 */
export function parseStateFile(text: string): ParsedFile<StateFacts> {
  if (text === "") return { ok: false, problem: "the file is empty, expected a JSON object" };
  try {
    const reader = new FieldReader(parseJson(text), "");
    const version = reader.integer("schema_version", unsigned32);
    if (version !== 1) return { ok: false, problem: `schema_version: expected 1, found ${version}` };
    return {
      ok: true,
      facts: {
        health: reader.object("health", decodeHealth),
        processedCaseCount: reader.strings("processed_case_keys", []).length,
      },
    };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { ok: false, problem: `not JSON: ${error.message}` };
    if (error instanceof ContractError) return { ok: false, problem: error.message };
    throw error;
  }
}
