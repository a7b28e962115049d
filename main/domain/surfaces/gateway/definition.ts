import type { CaseConclusion, SurfaceDefinition } from "../../cycle/definition";
import { jsonDifference } from "../../cycle/drift";
import { renderSnapshot, upsertRecord } from "../../cycle/records";
import { jsonObject } from "../../json";
import { byKeys } from "../../text";
import {
  checkGatewayCompatibility,
  decodeGatewayCase,
  type GatewayCase,
  validateGatewayCase,
} from "./contract";
import { evaluateGatewayCase, type GatewayEvaluation } from "./evaluate";
import { type GuardrailThresholds, judgeCycle } from "./guardrail";
import { decodeGatewayState, emptyGatewayState, encodeGatewayState, type GatewayState } from "./state";

export type GatewayCounter = "upserted_requests";

/** The gateway's contract runner (spec/tau/surfaces.md §13). */
export function gatewayDefinition(
  thresholds: GuardrailThresholds,
  nowUnixMs: number,
): SurfaceDefinition<GatewayCase, GatewayState, GatewayEvaluation, GatewayCounter> {
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
    payloadDrift: (item, evaluation) =>
      jsonDifference("response_body", item.expectedBody, evaluation.responseBody),
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
  readonly evaluation: GatewayEvaluation;
  readonly state: GatewayState;
  readonly nowUnixMs: number;
}): CaseConclusion<GatewayState, GatewayCounter> {
  const { item, key, evaluation, nowUnixMs } = concluded;
  const success = evaluation.outcome === "success";
  const state = success ? withRequest(concluded.state, item, key, evaluation, nowUnixMs) : concluded.state;
  // A request without an actor is refused, and still leaves its record.
  const channelId = item.actorId === "" ? "gateway" : item.actorId;
  return {
    state,
    counters: success ? { upserted_requests: 1 } : {},
    channel: {
      transport: "gateway",
      channelId,
      logPayload: jsonObject({
        outcome: evaluation.outcome,
        case_id: item.caseId,
        method: item.method,
        endpoint: item.endpoint,
        actor_id: item.actorId,
        status_code: evaluation.statusCode,
        ...(success ? { upserted_requests: 1 } : { error_code: evaluation.errorCode }),
      }),
      contextText: success
        ? `gateway case ${item.caseId} applied: ${item.method} ${item.endpoint} status=${evaluation.statusCode}`
        : `gateway case ${item.caseId} ended ${evaluation.outcome} error_code=${evaluation.errorCode} status=${evaluation.statusCode}`,
      memory: success ? renderMemory(state, channelId) : null,
    },
  };
}

function withRequest(
  state: GatewayState,
  item: GatewayCase,
  caseKey: string,
  evaluation: GatewayEvaluation,
  updatedUnixMs: number,
): GatewayState {
  const request = {
    caseKey,
    caseId: item.caseId,
    method: item.method,
    endpoint: item.endpoint,
    actorId: item.actorId,
    statusCode: evaluation.statusCode,
    outcome: evaluation.outcome,
    errorCode: evaluation.errorCode,
    responseBody: evaluation.responseBody,
    updatedUnixMs,
  };
  const key = (candidate: { readonly caseKey: string }): string => candidate.caseKey;
  return { ...state, requests: upsertRecord(state.requests, request, key, key) };
}

function renderMemory(state: GatewayState, actorId: string): string {
  const requests = state.requests.filter((request) => request.actorId === actorId);
  return renderSnapshot(
    `Gateway Snapshot (${actorId})`,
    requests.map(
      (request) =>
        `${request.method} ${request.endpoint} status=${request.statusCode} case_id=${request.caseId}`,
    ),
    "no requests",
  );
}
