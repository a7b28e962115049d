import { ContractError, withContext } from "../contract-error";
import { FieldReader, unsigned16, unsigned32 } from "../decode";
import { isJsonObject, type Json } from "../json";
import { parseJson } from "../json-parse";
import { isBlank, trimText } from "../text";
import {
  caseOutcomes,
  type CaseEvaluation,
  type CaseExpectation,
  type ContractCase,
  type SurfaceDefinition,
} from "./definition";

/** A fixture that passed every check of its surface. */
export interface ContractFixture<Case extends ContractCase> {
  readonly name: string;
  readonly description: string;
  readonly cases: readonly Case[];
}

/**
 * Reads and checks one fixture in the order of spec/tau/surfaces.md §1: shape, header, each case in file order, unique
 * case ids, then compatibility. Throws a `ContractError` at the first fault.
 */
export function parseFixture<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
>(definition: SurfaceDefinition<Case, State, Evaluation, Counter>, text: string): ContractFixture<Case> {
  const label = definition.contractLabel;
  const { schemaVersion, decoded, ...fixture } = withContext(
    `failed to parse ${label} contract fixture`,
    () => decodeFixture(definition, text),
  );
  requireSchemaVersion(label, "schema_version", schemaVersion);
  if (isBlank(fixture.name)) throw new ContractError("name: fixture name cannot be empty");
  if (decoded.length === 0) throw new ContractError("cases: fixture must include at least one case");
  for (const { caseSchemaVersion, item } of decoded) {
    requireSchemaVersion(label, `${item.path}.schema_version`, caseSchemaVersion);
    if (item.caseId === "")
      throw new ContractError(`${item.path}.case_id: expected a name, found blank text`);
    definition.validateCase(item);
  }
  const cases = decoded.map(({ item }) => item);
  requireUniqueCaseIds(cases);
  for (const item of cases) definition.checkCompatibility(item);
  return { ...fixture, cases };
}

interface DecodedFixture<Case> {
  readonly schemaVersion: number;
  readonly name: string;
  readonly description: string;
  readonly decoded: readonly { readonly caseSchemaVersion: number; readonly item: Case }[];
}

function decodeFixture<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
>(definition: SurfaceDefinition<Case, State, Evaluation, Counter>, text: string): DecodedFixture<Case> {
  const root = new FieldReader(parseJson(text), "");
  return {
    schemaVersion: root.integer("schema_version", unsigned32),
    name: root.string("name"),
    description: root.string("description", ""),
    decoded: root.objects("cases", (reader) => {
      const caseSchemaVersion = reader.integer("schema_version", unsigned32, 1);
      const common: ContractCase = {
        path: reader.path,
        caseId: trimText(reader.string("case_id")),
        simulateRetryableFailure: reader.boolean("simulate_retryable_failure", false),
        expected: reader.object("expected", decodeExpectation),
      };
      return { caseSchemaVersion, item: definition.decodeCase(reader, common) };
    }),
  };
}

function decodeExpectation(reader: FieldReader): CaseExpectation {
  return {
    outcome: reader.choice("outcome", caseOutcomes),
    errorCode: trimText(reader.string("error_code", "")),
    statusCode: null,
  };
}

/**
 * `expected.status_code` and `expected.response_body`, for surfaces that have them (spec/tau/surfaces.md §§7, 8, 10, 12, 13).
 * A body that is left out reads as `bodyFallback`, or is an error without one.
 */
export function decodeResponseExpectation(
  reader: FieldReader,
  common: ContractCase,
  bodyFallback?: Json,
): { readonly expected: CaseExpectation; readonly expectedBody: Json } {
  return reader.object("expected", (expected) => ({
    expected: { ...common.expected, statusCode: expected.integer("status_code", unsigned16) },
    expectedBody: expected.json("response_body", bodyFallback),
  }));
}

function requireSchemaVersion(label: string, path: string, version: number): void {
  if (version === 1) return;
  throw new ContractError(`${path}: unsupported ${label} contract schema version ${version} (expected 1)`);
}

function requireUniqueCaseIds(cases: readonly ContractCase[]): void {
  const seen = new Set<string>();
  for (const { caseId, path } of cases) {
    if (seen.has(caseId))
      throw new ContractError(`${path}.case_id: duplicate case_id '${caseId}' in fixture`);
    seen.add(caseId);
  }
}

/** The fault of one case: its path, its id and what was expected there. */
export function caseFault(item: ContractCase, field: string, message: string): ContractError {
  return new ContractError(`${item.path}.${field}: ${message} (fixture case '${item.caseId}')`);
}

/** Text that must not be blank. */
export function requireText(item: ContractCase, field: string, value: string): void {
  if (isBlank(value)) throw caseFault(item, field, "expected text, found blank");
}

/** A simulated failure and the outcome `retryable_failure` go together (voice, dashboard, memory, deployment, gateway; spec/tau/surfaces.md §1). */
export function requireSimulationConsistency(item: ContractCase): void {
  const retryable = item.expected.outcome === "retryable_failure";
  if (item.simulateRetryableFailure && !retryable) {
    throw caseFault(item, "expected.outcome", "expected retryable_failure with simulate_retryable_failure");
  }
  if (retryable && !item.simulateRetryableFailure) {
    throw caseFault(item, "simulate_retryable_failure", "expected true for outcome retryable_failure");
  }
}

/** Success carries no error code, everything else carries one (spec/tau/surfaces.md §1). */
export function requireErrorCodePresence(item: ContractCase): void {
  const { outcome, errorCode } = item.expected;
  if (outcome === "success" && errorCode !== "") {
    throw caseFault(item, "expected.error_code", "expected no error_code for outcome success");
  }
  if (outcome !== "success" && errorCode === "") {
    throw caseFault(item, "expected.error_code", `expected an error_code for outcome ${outcome}`);
  }
}

/** A non-blank error code must be one the surface has. */
export function requireSupportedErrorCode(item: ContractCase, supported: readonly string[]): void {
  const { errorCode } = item.expected;
  if (errorCode === "" || supported.includes(errorCode)) return;
  throw caseFault(
    item,
    "expected.error_code",
    `unsupported error_code '${errorCode}', expected one of ${supported.join(", ")}`,
  );
}

/** Bounds of voice, deployment and gateway expectations (spec/tau/surfaces.md §1). */
export function requireStatusBounds(
  item: ContractCase,
  expectedBody: Json,
  supported: readonly string[],
): void {
  if (!isJsonObject(expectedBody)) {
    throw caseFault(item, "expected.response_body", "expected an object");
  }
  requireErrorCodePresence(item);
  requireSupportedErrorCode(item, supported);
  const status = item.expected.statusCode ?? 0;
  if (item.expected.outcome === "success" && (status < 200 || status > 299)) {
    throw caseFault(item, "expected.status_code", `expected 200 to 299 for outcome success, found ${status}`);
  }
  if (item.expected.outcome !== "success" && status < 400) {
    throw caseFault(item, "expected.status_code", `expected 400 or more for a failure, found ${status}`);
  }
}
