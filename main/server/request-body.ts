import type { IncomingMessage } from "node:http";

/** Largest request body, in bytes: no request of the contract comes near it but a configuration of 1 MiB, all of it escaped. */
export const maximumBodyBytes = 8 * 1_048_576;

export type BodyResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: 400 | 413 | 415; readonly message: string };

/** Whether a content type is JSON. A page of another site cannot send one without being asked first (CORS preflight). */
export function isJsonContentType(header: string | undefined): boolean {
  return /^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test((header ?? "").trim());
}

/** Reads and parses a JSON body, and stops reading at the limit. */
export async function readJsonBody(request: IncomingMessage): Promise<BodyResult> {
  if (!isJsonContentType(request.headers["content-type"]))
    return { ok: false, status: 415, message: "The body must be JSON (Content-Type: application/json)." };
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maximumBodyBytes)
      return { ok: false, status: 413, message: `The body is larger than ${maximumBodyBytes} bytes.` };
    chunks.push(chunk);
  }
  try {
    return {
      ok: true,
      value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks))),
    };
  } catch (error) {
    return {
      ok: false,
      status: 400,
      message: `The body is not JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
