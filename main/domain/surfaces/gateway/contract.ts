import type { ContractCase } from "../../cycle/definition";
import {
  caseFault,
  decodeResponseExpectation,
  requireSimulationConsistency,
  requireStatusBounds,
  requireText,
} from "../../cycle/fixture";
import type { FieldReader } from "../../decode";
import type { Json } from "../../json";
import { trimText, upperAscii } from "../../text";

/** Error codes of the gateway contract (spec/tau/surfaces.md §13). */
export const gatewayErrorCodes = {
  invalidRequest: "gateway_invalid_request",
  unsupportedMethod: "gateway_unsupported_method",
  backendUnavailable: "gateway_backend_unavailable",
} as const;

const supportedMethods: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);

/** One gateway case; `method` is trimmed and upper-cased, `endpoint` and `actorId` trimmed. */
export interface GatewayCase extends ContractCase {
  readonly method: string;
  readonly endpoint: string;
  readonly actorId: string;
  readonly expectedBody: Json;
}

export function decodeGatewayCase(reader: FieldReader, common: ContractCase): GatewayCase {
  // The body only has to be an object where there is one; nothing is decided by it.
  reader.nullable("body", (_, key) => reader.object(key, () => null));
  return {
    ...common,
    method: upperAscii(trimText(reader.string("method"))),
    endpoint: trimText(reader.string("endpoint")),
    actorId: trimText(reader.string("actor_id")),
    ...decodeResponseExpectation(reader, common),
  };
}

/** Rules of spec/tau/surfaces.md §§1, 13 beyond the shape. */
export function validateGatewayCase(item: GatewayCase): void {
  requireText(item, "method", item.method);
  requireText(item, "endpoint", item.endpoint);
  requireSimulationConsistency(item);
  requireStatusBounds(item, item.expectedBody, Object.values(gatewayErrorCodes));
}

export function checkGatewayCompatibility(item: GatewayCase): void {
  if (item.expected.outcome === "malformed_input" || isSupportedMethod(item.method)) return;
  throw caseFault(
    item,
    "method",
    `unsupported method '${item.method}', expected one of ${[...supportedMethods].join(", ")}`,
  );
}

export function isSupportedMethod(method: string): boolean {
  return supportedMethods.has(method);
}
