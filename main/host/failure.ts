import type { Envelope, ErrorCode } from "#contract/envelope";

/** An answer that says no. Apart from `dispatch.ts`, so that a window can say it before the schemas are loaded. */
export function failure(code: ErrorCode, message: string, details: readonly string[] = []): Envelope {
  return { ok: false, error: { code, message, details: [...details] } };
}
