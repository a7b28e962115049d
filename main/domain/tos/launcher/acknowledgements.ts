import { type Acknowledgement, acknowledgementSchema } from "#contract/tos/progress";

/**
 * Reads a rule that is acknowledged on a command line, `RULE=reason`. Throws a `RangeError` that says what was expected.
 */
export function parseAcknowledgement(text: string): Acknowledgement {
  const [, rule = text, reason = ""] = /^([^=]*)=([^]*)$/.exec(text) ?? [];
  const parsed = acknowledgementSchema.safeParse({ rule: rule.trim().toUpperCase(), reason });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const expected =
    issue?.path[0] === "rule" ? `a rule's number before "=", for example G41` : (issue?.message ?? "");
  throw new RangeError(`--acknowledge "${text}": expected ${expected.replace(/^expected /, "")}`);
}

/** An acknowledgement as it is given on a command line. */
export function acknowledgementText({ rule, reason }: Acknowledgement): string {
  return `${rule}=${reason}`;
}
