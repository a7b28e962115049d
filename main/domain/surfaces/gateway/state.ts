import type { StateFields } from "../../cycle/definition";
import { type FieldReader, unsigned16, unsigned64 } from "../../decode";
import { type Json, jsonObject, sortKeys } from "../../json";
import { byKeys } from "../../text";
import { absentGuardrail, decodeGuardrail, emptyGuardrail, encodeGuardrail, type Guardrail } from "./guardrail";
import { decodeService, encodeService, type GatewayService, untouchedService } from "./service";

/** One accepted request, keys as in `state.json` (spec/tau/surfaces.md §13). */
export interface GatewayRequest {
  readonly caseKey: string;
  readonly caseId: string;
  readonly method: string;
  readonly endpoint: string;
  readonly actorId: string;
  readonly statusCode: number;
  readonly outcome: string;
  readonly errorCode: string;
  readonly responseBody: Json;
  readonly updatedUnixMs: number;
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
    requests: reader.objects("requests", decodeRequest, []).toSorted(byKeys((request) => request.caseKey)),
    guardrail: reader.object("guardrail", decodeGuardrail, absentGuardrail),
    service: reader.object("service", decodeService, untouchedService(0)),
  };
}

function decodeRequest(reader: FieldReader): GatewayRequest {
  return {
    caseKey: reader.string("case_key"),
    caseId: reader.string("case_id"),
    method: reader.string("method"),
    endpoint: reader.string("endpoint"),
    actorId: reader.string("actor_id"),
    statusCode: reader.integer("status_code", unsigned16),
    outcome: reader.string("outcome"),
    errorCode: reader.string("error_code", ""),
    responseBody: reader.json("response_body", null),
    updatedUnixMs: reader.integer("updated_unix_ms", unsigned64, 0),
  };
}

export function encodeGatewayState(state: GatewayState): StateFields {
  return {
    beforeHealth: { requests: state.requests.map(encodeRequest) },
    afterHealth: { guardrail: encodeGuardrail(state.guardrail), service: encodeService(state.service) },
  };
}

function encodeRequest(request: GatewayRequest): Json {
  return jsonObject({
    case_key: request.caseKey,
    case_id: request.caseId,
    method: request.method,
    endpoint: request.endpoint,
    actor_id: request.actorId,
    status_code: request.statusCode,
    outcome: request.outcome,
    error_code: request.errorCode,
    response_body: sortKeys(request.responseBody),
    updated_unix_ms: request.updatedUnixMs,
  });
}
