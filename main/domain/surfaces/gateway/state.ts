import type { StateFields } from "../../cycle/definition";
import { renderSnapshot, upsertRecord } from "../../cycle/records";
import { type FieldReader, unsigned16, unsigned64 } from "../../decode";
import { type Json, jsonObject, sortKeys } from "../../json";
import { byKeys } from "../../text";
import {
  absentGuardrail,
  decodeGuardrail,
  emptyGuardrail,
  encodeGuardrail,
  type Guardrail,
} from "./guardrail";
import { decodeService, encodeService, type GatewayService, untouchedService } from "./service";

/** One accepted request, keys in file order (spec/tau/surfaces.md §13). */
export interface GatewayRequest {
  readonly case_key: string;
  readonly case_id: string;
  readonly method: string;
  readonly endpoint: string;
  readonly actor_id: string;
  readonly status_code: number;
  readonly outcome: string;
  readonly error_code: string;
  readonly response_body: Json;
  readonly updated_unix_ms: number;
}

export interface GatewayState {
  readonly requests: readonly GatewayRequest[];
  readonly guardrail: Guardrail;
  readonly service: GatewayService;
}

/** State of a gateway directory without a state file; `nowUnixMs` is since when its service counts as running. */
export function emptyGatewayState(nowUnixMs: number): GatewayState {
  return { requests: [], guardrail: emptyGuardrail, service: untouchedService(nowUnixMs) };
}

export function decodeGatewayState(reader: FieldReader): GatewayState {
  return {
    requests: reader.objects("requests", decodeRequest, []).toSorted(byKeys(requestKey)),
    guardrail: reader.object("guardrail", decodeGuardrail, absentGuardrail),
    service: reader.object("service", decodeService, untouchedService(0)),
  };
}

function decodeRequest(reader: FieldReader): GatewayRequest {
  return {
    case_key: reader.string("case_key"),
    case_id: reader.string("case_id"),
    method: reader.string("method"),
    endpoint: reader.string("endpoint"),
    actor_id: reader.string("actor_id"),
    status_code: reader.integer("status_code", unsigned16),
    outcome: reader.string("outcome"),
    error_code: reader.string("error_code", ""),
    response_body: sortKeys(reader.json("response_body", null)),
    updated_unix_ms: reader.integer("updated_unix_ms", unsigned64, 0),
  };
}

export function encodeGatewayState(state: GatewayState): StateFields {
  return {
    beforeHealth: { requests: state.requests.map((request) => jsonObject({ ...request })) },
    afterHealth: { guardrail: encodeGuardrail(state.guardrail), service: encodeService(state.service) },
  };
}

/** Adds or replaces the request with the same case key. */
export function recordRequest(state: GatewayState, request: GatewayRequest): GatewayState {
  return { ...state, requests: upsertRecord(state.requests, request, requestKey, requestKey) };
}

/** MEMORY.md of one actor's channel. */
export function renderGatewayMemory(state: GatewayState, actorId: string): string {
  const requests = state.requests.filter((request) => request.actor_id === actorId);
  return renderSnapshot(
    `Gateway Snapshot (${actorId})`,
    requests.map(
      (request) =>
        `${request.method} ${request.endpoint} status=${request.status_code} case_id=${request.case_id}`,
    ),
    "no requests",
  );
}

function requestKey(request: GatewayRequest): string {
  return request.case_key;
}
