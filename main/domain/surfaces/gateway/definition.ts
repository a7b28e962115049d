import type { CaseConclusion, SurfaceDefinition } from "../../cycle/definition";
import { jsonDifference } from "../../cycle/drift";
import { contextLine, type ResponseEvaluation } from "../../cycle/response";
import { jsonObject, sortKeys } from "../../json";
import { byKeys } from "../../text";
import {
  checkGatewayCompatibility,
  decodeGatewayCase,
  type GatewayCase,
  validateGatewayCase,
} from "./contract";
import { evaluateGatewayCase } from "./evaluate";
import { type GuardrailThresholds, judgeCycle } from "./guardrail";
import {
  decodeGatewayState,
  emptyGatewayState,
  encodeGatewayState,
  type GatewayState,
  recordRequest,
  renderGatewayMemory,
} from "./state";

export type GatewayCounter = "upserted_requests";

/** The gateway's contract runner (spec/tau/surfaces.md §13). */
export function gatewayDefinition(
  thresholds: GuardrailThresholds,
  nowUnixMs: number,
): SurfaceDefinition<GatewayCase, GatewayState, ResponseEvaluation, GatewayCounter> {
  return {
    contractLabel: "gateway",
    label: "gateway",
    source: "tau-gateway-runner",
    decodeCase: decodeGatewayCase,
    validateCase: validateGatewayCase,
    checkCompatibility: checkGatewayCompatibility,
    compareCases: byKeys(
      (item) => item.caseId,
      (item) => item.method,
      (item) => item.endpoint,
    ),
    caseKey: (item) => `${item.method}:${item.endpoint}:${item.caseId}`,
    emptyState: emptyGatewayState(nowUnixMs),
    decodeState: decodeGatewayState,
    encodeState: encodeGatewayState,
    evaluate: evaluateGatewayCase,
    payloadDrift: (item, evaluation) => jsonDifference("response_body", item.expectedBody, evaluation.body),
    conclude: concludeGatewayCase,
    finish({ state, counters, health }) {
      const guardrail = judgeCycle(thresholds, counters, health);
      return {
        state: { ...state, guardrail },
        eventFields: {
          rollout_gate: guardrail.gate,
          rollout_reason_code: guardrail.reasonCode,
          guardrail_failure_streak_threshold: thresholds.failureStreak,
          guardrail_retryable_failures_threshold: thresholds.retryableFailures,
        },
      };
    },
    counters: ["upserted_requests"],
    reasons: [],
  };
}

function concludeGatewayCase(concluded: {
  readonly item: GatewayCase;
  readonly key: string;
  readonly evaluation: ResponseEvaluation;
  readonly state: GatewayState;
  readonly nowUnixMs: number;
}): CaseConclusion<GatewayState, GatewayCounter> {
  const { item, key, evaluation, nowUnixMs } = concluded;
  const { outcome, statusCode: status_code, errorCode: error_code } = evaluation;
  const request = { method: item.method, endpoint: item.endpoint, actor_id: item.actorId };
  const head = { outcome, case_id: item.caseId, ...request, status_code };
  const channel = {
    transport: "gateway",
    // A request without an actor is refused, and still leaves its record.
    channelId: item.actorId === "" ? "gateway" : item.actorId,
    contextText: contextLine("gateway", item.caseId, evaluation, `${item.method} ${item.endpoint}`),
  };
  if (outcome !== "success") {
    const logPayload = jsonObject({ ...head, error_code });
    return { state: concluded.state, counters: {}, channel: { ...channel, logPayload, memory: null } };
  }
  const state = recordRequest(concluded.state, {
    case_key: key,
    case_id: item.caseId,
    ...request,
    status_code,
    outcome,
    error_code,
    response_body: sortKeys(evaluation.body),
    updated_unix_ms: nowUnixMs,
  });
  const counters = { upserted_requests: 1 };
  return {
    state,
    counters,
    channel: {
      ...channel,
      logPayload: jsonObject({ ...head, ...counters }),
      memory: renderGatewayMemory(state, item.actorId),
    },
  };
}
