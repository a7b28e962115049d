import { BridgeError, describeIssues, type Envelope } from "#contract/envelope";
import { requestNames, type RequestName } from "#contract/names";
import { requests } from "#contract/requests";
import { failure } from "./failure";
import type { RequestHandlers } from "./request-handlers";

const knownNames: ReadonlySet<string> = new Set(requestNames);

function isRequestName(name: string): name is RequestName {
  return knownNames.has(name);
}

/** What may cross the bridge of something that was thrown: an unexpected error keeps its message, never its stack. */
export function failureOf(thrown: unknown): Envelope {
  if (thrown instanceof BridgeError) return { ok: false, error: thrown.toWire() };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return failure("internal", message === "" ? "The host failed without saying why." : message);
}

/**
 * Answers one request, whatever came in: the name and the input are checked against the contract before a handler sees
 * them. Never throws and never rejects.
 */
export async function dispatchRequest(
  handlers: RequestHandlers,
  name: unknown,
  rawInput: unknown,
): Promise<Envelope> {
  try {
    if (typeof name !== "string" || !isRequestName(name))
      return failure("unknown_request", `There is no request named ${quote(name)}.`, [
        `expected one of: ${requestNames.join(", ")}`,
      ]);
    const input = requests[name].input.safeParse(rawInput);
    if (!input.success) {
      const details = describeIssues(input.error);
      return failure("invalid_request", `${name}: ${details.join("; ")}`, details);
    }
    const handler = handlers[name] as (input: unknown) => unknown;
    return { ok: true, value: await handler(input.data) };
  } catch (thrown) {
    return failureOf(thrown);
  }
}

/** A name as it may be shown back: text only, and not more of it than helps. */
function quote(name: unknown): string {
  return typeof name === "string" ? JSON.stringify(name.slice(0, 100)) : `of type ${typeof name}`;
}
