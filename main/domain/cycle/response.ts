import { jsonObject, type Json } from "../json";
import type { CaseEvaluation, CaseOutcome } from "./definition";

/** An evaluation that answers with a status code and a body. */
export interface ResponseEvaluation extends CaseEvaluation {
  readonly statusCode: number;
  readonly body: Json;
}

export function accepted(statusCode: number, body: Readonly<Record<string, Json>>): ResponseEvaluation {
  return { outcome: "success", statusCode, errorCode: "", body: jsonObject(body) };
}

/** An answer that turns a case away: its status code, error code and reason; `extra` are more keys of the body. */
type Refusal = (
  statusCode: number,
  errorCode: string,
  reason: string,
  extra?: Readonly<Record<string, Json>>,
) => ResponseEvaluation;

function refusal(outcome: CaseOutcome, status: string): Refusal {
  return (statusCode, errorCode, reason, extra) => {
    return { outcome, statusCode, errorCode, body: jsonObject({ ...extra, reason, status }) };
  };
}

/** Malformed input: body `{reason, status:"rejected"}`. */
export const rejected = refusal("malformed_input", "rejected");

/** A failure worth another attempt: body `{reason, status:"retryable"}`. */
export const retryable = refusal("retryable_failure", "retryable");

/** The line a case leaves for people: what it was and how it ended. */
export function contextLine(
  label: string,
  caseId: string,
  evaluation: CaseEvaluation,
  appliedDetail: string,
): string {
  const status = evaluation.statusCode === null ? "" : ` status=${evaluation.statusCode}`;
  if (evaluation.outcome === "success") return `${label} case ${caseId} applied ${appliedDetail}${status}`;
  return `${label} case ${caseId} outcome=${evaluation.outcome} error_code=${evaluation.errorCode}${status}`;
}
