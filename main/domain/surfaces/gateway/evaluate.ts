import type { CaseEvaluation } from "../../cycle/definition";
import { jsonObject, type JsonObject } from "../../json";
import { type GatewayCase, type GatewayErrorCode, isSupportedMethod } from "./contract";

export interface GatewayEvaluation extends CaseEvaluation {
  readonly statusCode: number;
  readonly responseBody: JsonObject;
}

/** What the gateway answers to one case; the first rule that applies decides (spec/tau/surfaces.md §13). */
export function evaluateGatewayCase(item: GatewayCase): GatewayEvaluation {
  if (item.simulateRetryableFailure)
    return refusal("retryable_failure", 503, "gateway_backend_unavailable", "backend_unavailable");
  if (!isSupportedMethod(item.method))
    return refusal("malformed_input", 405, "gateway_unsupported_method", "unsupported_method");
  if (!item.endpoint.startsWith("/") || item.actorId === "")
    return refusal("malformed_input", 400, "gateway_invalid_request", "invalid_request");
  return {
    outcome: "success",
    errorCode: "",
    statusCode: successStatus(item.method),
    responseBody: jsonObject({
      actor_id: item.actorId,
      endpoint: item.endpoint,
      method: item.method,
      status: "accepted",
    }),
  };
}

function successStatus(method: string): number {
  if (method === "POST") return 201;
  return method === "DELETE" ? 202 : 200;
}

function refusal(
  outcome: "malformed_input" | "retryable_failure",
  statusCode: number,
  errorCode: GatewayErrorCode,
  reason: string,
): GatewayEvaluation {
  const status = outcome === "retryable_failure" ? "retryable" : "rejected";
  return { outcome, errorCode, statusCode, responseBody: jsonObject({ reason, status }) };
}
