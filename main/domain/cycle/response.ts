import { jsonObject, type Json } from "../json";
import type { CaseEvaluation } from "./definition";

/** An evaluation that answers with a status code and a body. */
export interface ResponseEvaluation extends CaseEvaluation {
  readonly statusCode: number;
  readonly body: Json;
}

export function accepted(statusCode: number, body: Readonly<Record<string, Json>>): ResponseEvaluation {
  return { outcome: "success", statusCode, errorCode: "", body: jsonObject(body) };
}

/** Malformed input: body `{reason, status:"rejected"}`, with `extra` keys before it. */
export function rejected(
  statusCode: number,
  errorCode: string,
  reason: string,
  extra: Readonly<Record<string, Json>> = {},
): ResponseEvaluation {
  const body = jsonObject({ ...extra, reason, status: "rejected" });
  return { outcome: "malformed_input", statusCode, errorCode, body };
}

/** A failure worth another attempt: body `{reason, status:"retryable"}`, with `extra` keys before it. */
export function retryable(
  statusCode: number,
  errorCode: string,
  reason: string,
  extra: Readonly<Record<string, Json>> = {},
): ResponseEvaluation {
  const body = jsonObject({ ...extra, reason, status: "retryable" });
  return { outcome: "retryable_failure", statusCode, errorCode, body };
}

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
