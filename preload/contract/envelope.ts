import { z } from "./schema";

/** Closed set of error codes that cross the bridge. */
export const errorCodes = [
  "invalid_request",
  "unknown_request",
  "not_found",
  "conflict",
  "unreadable",
  "unsupported",
  "unauthorized",
  "unavailable",
  "internal",
] as const;
export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

export const wireErrorSchema = z.object({
  code: errorCodeSchema,
  /** One sentence an operator can act on: it names the file or field and what was expected. */
  message: z.string(),
  details: z.array(z.string()),
});
export type WireError = z.infer<typeof wireErrorSchema>;

/** Answer to a request. Errors are data: Electron's own transport would keep nothing of them but the message. */
export const envelopeSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: wireErrorSchema }),
]);
export type Envelope = z.infer<typeof envelopeSchema>;

/** An error that may cross the bridge: thrown by a handler, rebuilt by the client. */
export class BridgeError extends Error {
  override readonly name = "BridgeError";
  readonly code: ErrorCode;
  readonly details: readonly string[];

  constructor(code: ErrorCode, message: string, details: readonly string[] = []) {
    super(message);
    this.code = code;
    this.details = details;
  }

  toWire(): WireError {
    return { code: this.code, message: this.message, details: [...this.details] };
  }
}

/** Turns a zod error into lines that name the field and what was expected, for `details`. */
export function describeIssues(error: z.ZodError): string[] {
  return error.issues.map(
    (issue) => `${issue.path.length > 0 ? issue.path.join(".") : "(root)"}: ${issue.message}`,
  );
}
