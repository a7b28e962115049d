import type { HealthSnapshot } from "#contract/health";
import { ContractError } from "../contract-error";
import { FieldReader, unsigned32 } from "../decode";
import { jsonObject, printPretty } from "../json";
import { parseJson } from "../json-parse";
import type { CaseEvaluation, ContractCase, StateFields, SurfaceDefinition } from "./definition";
import { decodeHealth, emptyHealth } from "./health-snapshot";

/** What `state.json` says before a cycle. */
export interface StateDocument<State> {
  readonly processedCaseKeys: readonly string[];
  readonly health: HealthSnapshot;
  readonly state: State;
}

/**
 * Reads a state file. A missing one (`text` null) is empty. Throws a `ContractError` when the text is not JSON, has the
 * wrong shape or another schema version; the cycle then warns and starts fresh (spec/tau/surfaces.md §2).
 */
export function parseStateDocument<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
>(definition: SurfaceDefinition<Case, State, Evaluation, Counter>, text: string): StateDocument<State> {
  const reader = new FieldReader(parseJson(text), "");
  const version = reader.integer("schema_version", unsigned32);
  if (version !== 1)
    throw new ContractError(`schema_version: unsupported state schema ${version} (expected 1)`);
  return {
    processedCaseKeys: reader.strings("processed_case_keys", []),
    health: reader.object("health", decodeHealth, emptyHealth),
    state: definition.decodeState(reader),
  };
}

/** The text of `state.json`: declared key order, two spaces, no newline at the end (spec/tau/surfaces.md §0). */
export function printStateDocument(
  processedCaseKeys: readonly string[],
  fields: StateFields,
  health: HealthSnapshot,
): string {
  return printPretty(
    jsonObject({
      schema_version: 1,
      processed_case_keys: processedCaseKeys,
      ...fields.beforeHealth,
      health: jsonObject(health),
      ...fields.afterHealth,
    }),
  );
}
