import { readFileSync } from "node:fs";
import path from "node:path";
import type { CaseEvaluation, ContractCase, SurfaceDefinition } from "#domain/cycle/definition";
import { parseFixture } from "#domain/cycle/fixture";
import { describeError } from "#domain/contract-error";

const fixturesRoot = path.resolve(import.meta.dirname, "../../../fixtures/contract");

/** A parsed fixture as plain data, to be changed by a test. */
export interface FixtureDocument {
  schema_version: unknown;
  name: unknown;
  cases: CaseDocument[];
}
export interface CaseDocument {
  case_id: unknown;
  expected: Record<string, unknown>;
  [key: string]: unknown;
}

/** A fixture of the repository as plain data. */
export function fixtureDocument(surface: string, name: string): FixtureDocument {
  const file = path.join(fixturesRoot, `${surface}-contract`, `${name}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as FixtureDocument;
}

/** A change to one case of a fixture, by the case's id. */
export type CaseChange = (item: CaseDocument) => void;

/** The error a fixture is refused with after one of its cases was changed; null when it is accepted. */
export function refusal<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
>(
  definition: SurfaceDefinition<Case, State, Evaluation, Counter>,
  fixture: FixtureDocument,
  caseId: string,
  change: CaseChange,
): string | null {
  const item = fixture.cases.find((candidate) => candidate.case_id === caseId);
  if (item === undefined) throw new Error(`no case ${caseId}`);
  change(item);
  try {
    parseFixture(definition, JSON.stringify(fixture));
    return null;
  } catch (error) {
    return describeError(error);
  }
}
