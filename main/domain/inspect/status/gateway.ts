import type { HealthSnapshot } from "#contract/health";
import type { Gate } from "#contract/identity";
import { type FieldReader, unsigned16 } from "../../decode";
import type { HealthClassification } from "../../health";
import { jsonObject, type JsonObject } from "../../json";
import { isBlank, lowerAscii, trimText, upperAscii } from "../../text";
import { absentGuardrail, decodeGuardrail, type Guardrail } from "../../surfaces/gateway/guardrail";
import {
  decodeService,
  type GatewayService,
  serviceStatus,
  untouchedService,
} from "../../surfaces/gateway/service";
import { countStatusCodes, countWords } from "./counts";
import { gateOfHealth, type SurfaceInspector } from "./report";

/** Gates of a gateway: its guardrail's, and what comes of it when the service is stopped. */
export interface GatewayRollout {
  readonly guardrailGate: Gate;
  readonly guardrailReasonCode: string;
  readonly gate: Gate;
  readonly reasonCode: string;
}

/** spec/tau/health.md §4, gateway derivation: a stored gate counts when it is `pass` or `hold`, else health decides. */
export function gatewayRollout(
  guardrail: Guardrail,
  service: GatewayService,
  health: HealthClassification,
): GatewayRollout {
  const stored = lowerAscii(trimText(guardrail.gate));
  const guardrailGate = stored === "pass" || stored === "hold" ? stored : gateOfHealth(health);
  const derivedReason = guardrailGate === "pass" ? "guardrail_checks_passing" : "health_state_not_healthy";
  const guardrailReasonCode = isBlank(guardrail.reasonCode) ? derivedReason : trimText(guardrail.reasonCode);
  const stopped = serviceStatus(service) === "stopped";
  return {
    guardrailGate,
    guardrailReasonCode,
    gate: stopped ? "hold" : guardrailGate,
    reasonCode: stopped ? "service_stopped" : guardrailReasonCode,
  };
}

/** spec/tau/health.md §4, row gateway. */
export const inspectGateway: SurfaceInspector = (reader, health) => {
  const guardrail = reader.object("guardrail", decodeGuardrail, absentGuardrail);
  const service = reader.object("service", decodeService, untouchedService(0));
  const requests = reader.objects("requests", (request) => request, []);
  const words = (key: string): string[] => requests.map((request: FieldReader) => request.string(key, ""));
  const rollout = gatewayRollout(guardrail, service, health);
  return {
    fields: {
      rollout_reason_code: rollout.reasonCode,
      service_status: serviceStatus(service),
      service_last_transition_unix_ms: service.lastTransitionUnixMs,
      service_last_started_unix_ms: service.lastStartedUnixMs,
      service_last_stopped_unix_ms: service.lastStoppedUnixMs,
      service_last_stop_reason: service.lastStopReason,
      service_startup_attempts: service.startupAttempts,
      service_startup_failure_streak: service.startupFailureStreak,
      service_last_startup_error: service.lastStartupError,
      guardrail_gate: rollout.guardrailGate,
      guardrail_reason_code: rollout.guardrailReasonCode,
      processed_case_count: reader.strings("processed_case_keys", []).length,
      request_count: requests.length,
      method_counts: countWords(words("method").map(upperAscii)),
      status_code_counts: countStatusCodes(
        requests.map((request) => request.integer("status_code", unsigned16, 0)),
      ),
      error_code_counts: countWords(words("error_code")),
      guardrail_failure_streak_threshold: guardrail.thresholds.failureStreak,
      guardrail_retryable_failures_threshold: guardrail.thresholds.retryableFailures,
      guardrail_failure_streak: guardrail.failureStreak,
      guardrail_last_failed_cases: guardrail.lastFailedCases,
      guardrail_last_retryable_failures: guardrail.lastRetryableFailures,
    },
    rollout: { gate: rollout.gate, reasonCode: rollout.reasonCode },
  };
};

/** The service report of `--gateway-service-start|stop|status`, keys in the order it prints them (spec/tau/health.md §4). */
export function serviceReport(
  statePath: string,
  guardrail: Guardrail,
  service: GatewayService,
  health: HealthSnapshot,
  classification: HealthClassification,
): JsonObject {
  const rollout = gatewayRollout(guardrail, service, classification);
  return jsonObject({
    state_path: statePath,
    service_status: serviceStatus(service),
    rollout_gate: rollout.gate,
    rollout_reason_code: rollout.reasonCode,
    guardrail_gate: rollout.guardrailGate,
    guardrail_reason_code: rollout.guardrailReasonCode,
    service_startup_attempts: service.startupAttempts,
    service_startup_failure_streak: service.startupFailureStreak,
    service_last_startup_error: service.lastStartupError,
    service_last_started_unix_ms: service.lastStartedUnixMs,
    service_last_stopped_unix_ms: service.lastStoppedUnixMs,
    service_last_transition_unix_ms: service.lastTransitionUnixMs,
    service_last_stop_reason: service.lastStopReason,
    health: jsonObject(health),
  });
}
