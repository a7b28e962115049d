import { statSync } from "node:fs";
import { ContractError, withContext } from "#domain/contract-error";
import type { CaseEvaluation, ContractCase, SurfaceDefinition } from "#domain/cycle/definition";
import { parseFixture, type ContractFixture } from "#domain/cycle/fixture";
import { decodeText } from "../strict-text";
import { readIfPresent } from "./state-files";

/** Reads and checks a surface's fixture file (spec/tau/surfaces.md §1). Throws a `ContractError`. */
export function loadFixture<
  Case extends ContractCase,
  State,
  Evaluation extends CaseEvaluation,
  Counter extends string,
>(
  definition: SurfaceDefinition<Case, State, Evaluation, Counter>,
  fixturePath: string,
): ContractFixture<Case> {
  const text = withContext(`failed to read fixture ${fixturePath}`, () => {
    if (!statSync(fixturePath).isFile()) throw new ContractError("expected a regular file");
    return decodeText(readIfPresent(fixturePath) ?? Buffer.alloc(0));
  });
  return withContext(`invalid fixture ${fixturePath}`, () => parseFixture(definition, text));
}
