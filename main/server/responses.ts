import type { ServerResponse } from "node:http";
import type { Envelope, ErrorCode } from "#contract/envelope";

/** HTTP status that goes with each error code; the envelope in the body says the rest. */
const statusOfCode: Readonly<Record<ErrorCode, number>> = {
  invalid_request: 400,
  unknown_request: 404,
  not_found: 404,
  conflict: 409,
  unreadable: 422,
  unsupported: 422,
  unauthorized: 401,
  unavailable: 503,
  internal: 500,
};

/** Sends an answer of the bridge as JSON. */
export function sendEnvelope(response: ServerResponse, envelope: Envelope, status?: number): void {
  const body = Buffer.from(JSON.stringify(envelope));
  response.writeHead(status ?? (envelope.ok ? 200 : statusOfCode[envelope.error.code]), {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": body.length,
  });
  response.end(body);
}

/** Sends a sentence for a person who opened a page. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  const body = Buffer.from(`${text}\n`);
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": body.length,
  });
  response.end(body);
}
