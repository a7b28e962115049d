import { accepted, rejected, type ResponseEvaluation, retryable } from "../../cycle/response";
import { gatewayErrorCodes, type GatewayCase, isSupportedMethod } from "./contract";

/** What the gateway answers to one case; the first rule that applies decides (spec/tau/surfaces.md §13). */
export function evaluateGatewayCase(item: GatewayCase): ResponseEvaluation {
  const codes = gatewayErrorCodes;
  if (item.simulateRetryableFailure) return retryable(503, codes.backendUnavailable, "backend_unavailable");
  if (!isSupportedMethod(item.method)) return rejected(405, codes.unsupportedMethod, "unsupported_method");
  if (!item.endpoint.startsWith("/") || item.actorId === "")
    return rejected(400, codes.invalidRequest, "invalid_request");
  return accepted(successStatus(item.method), {
    actor_id: item.actorId,
    endpoint: item.endpoint,
    method: item.method,
    status: "accepted",
  });
}

function successStatus(method: string): number {
  if (method === "POST") return 201;
  return method === "DELETE" ? 202 : 200;
}
