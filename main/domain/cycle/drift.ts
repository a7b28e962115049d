import { ContractError } from "../contract-error";
import { jsonEquals, printCompact, sortKeys, type Json } from "../json";
import type { CaseEvaluation, ContractCase } from "./definition";

/**
 * Stops the cycle when a case did not come out as its fixture says: outcome, then status code, then error code, then
 * the surface's payload (spec/tau/surfaces.md §2). Throws a `ContractError`.
 */
export function requireNoDrift(
  item: ContractCase,
  evaluation: CaseEvaluation,
  payload: () => string | null,
): void {
  const { expected } = item;
  const drift =
    difference("outcome", expected.outcome, evaluation.outcome) ??
    (expected.statusCode === null
      ? null
      : difference("status_code", expected.statusCode, evaluation.statusCode ?? 0)) ??
    difference("error_code", expected.errorCode || "none", evaluation.errorCode || "none") ??
    payload();
  if (drift !== null) throw new ContractError(`${item.path}.expected: case '${item.caseId}' ${drift}`);
}

/** Describes two values that should be equal; null when they are. */
export function jsonDifference(field: string, expected: Json, actual: Json): string | null {
  if (jsonEquals(expected, actual)) return null;
  return `expected ${field} ${printCompact(sortKeys(expected))} but observed ${printCompact(sortKeys(actual))}`;
}

function difference(field: string, expected: string | number, actual: string | number): string | null {
  return expected === actual ? null : `expected ${field} ${expected} but observed ${actual}`;
}
