import { type FieldReader, unsigned64 } from "../../decode";
import { jsonObject, type JsonObject } from "../../json";
import { isBlank, lowerAscii, trimText } from "../../text";

/** The `service` object of the gateway's state: whether operators have it started. Times in milliseconds, 0 for never. */
export interface GatewayService {
  readonly status: string;
  readonly startupAttempts: number;
  readonly startupFailureStreak: number;
  readonly lastStartupError: string;
  readonly lastStartedUnixMs: number;
  readonly lastStoppedUnixMs: number;
  readonly lastTransitionUnixMs: number;
  readonly lastStopReason: string;
}

/** A gateway whose service was never touched reports running (spec/tau/surfaces.md §13, health.md §4). */
export function untouchedService(sinceUnixMs: number): GatewayService {
  return {
    status: "running",
    startupAttempts: 0,
    startupFailureStreak: 0,
    lastStartupError: "",
    lastStartedUnixMs: sinceUnixMs,
    lastStoppedUnixMs: 0,
    lastTransitionUnixMs: sinceUnixMs,
    lastStopReason: "",
  };
}

/** `--gateway-service-start`: keeps the last stop reason (spec/tau/surfaces.md §13). */
export function startService(service: GatewayService, nowUnixMs: number): GatewayService {
  return {
    ...service,
    status: "running",
    startupAttempts: service.startupAttempts + 1,
    startupFailureStreak: 0,
    lastStartupError: "",
    lastStartedUnixMs: nowUnixMs,
    lastTransitionUnixMs: nowUnixMs,
  };
}

/** `--gateway-service-stop`; without a reason it is `operator_requested` (spec/tau/surfaces.md §13). */
export function stopService(
  service: GatewayService,
  reason: string | undefined,
  nowUnixMs: number,
): GatewayService {
  return {
    ...service,
    status: "stopped",
    lastStoppedUnixMs: nowUnixMs,
    lastTransitionUnixMs: nowUnixMs,
    lastStopReason: reason === undefined || isBlank(reason) ? "operator_requested" : trimText(reason),
  };
}

/** `stopped` iff the stored status says so, whatever its case and white space (spec/tau/health.md §4). */
export function serviceStatus(service: GatewayService): "running" | "stopped" {
  return lowerAscii(trimText(service.status)) === "stopped" ? "stopped" : "running";
}

/** Reads a stored service; a missing key is as in a service that was never touched. */
export function decodeService(reader: FieldReader): GatewayService {
  const untouched = untouchedService(0);
  const time = (key: string): number => reader.integer(key, unsigned64, 0);
  return {
    status: reader.string("status", untouched.status),
    startupAttempts: reader.integer("startup_attempts", unsigned64, 0),
    startupFailureStreak: reader.integer("startup_failure_streak", unsigned64, 0),
    lastStartupError: reader.string("last_startup_error", ""),
    lastStartedUnixMs: time("last_started_unix_ms"),
    lastStoppedUnixMs: time("last_stopped_unix_ms"),
    lastTransitionUnixMs: time("last_transition_unix_ms"),
    lastStopReason: reader.string("last_stop_reason", ""),
  };
}

export function encodeService(service: GatewayService): JsonObject {
  return jsonObject({
    status: service.status,
    startup_attempts: service.startupAttempts,
    startup_failure_streak: service.startupFailureStreak,
    last_startup_error: service.lastStartupError,
    last_started_unix_ms: service.lastStartedUnixMs,
    last_stopped_unix_ms: service.lastStoppedUnixMs,
    last_transition_unix_ms: service.lastTransitionUnixMs,
    last_stop_reason: service.lastStopReason,
  });
}
