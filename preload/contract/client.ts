import { BridgeError, describeIssues, envelopeSchema } from "./envelope";
import { events, streamEnvelopeSchema, type StreamMessage } from "./events";
import type { RequestName } from "./names";
import { requests, type RequestInput, type RequestOutput } from "./requests";
import type { Transport } from "./transport";

/** Typed client over any transport: checks every answer and every event before it is used. */
export interface Client {
  /** Rejects with a `BridgeError`, also when the answer is not what the contract says. */
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>>;
  subscribe(
    sinceSequence: number,
    onMessage: (message: StreamMessage) => void,
    onConnection: (state: "connected" | "disconnected") => void,
    onInvalid: (problem: string) => void,
  ): () => void;
}

/** Parses one stream message; returns the problem as text when it is not one. */
export function parseStreamMessage(raw: unknown): StreamMessage | string {
  const outer = streamEnvelopeSchema.safeParse(raw);
  if (!outer.success) return describeIssues(outer.error).join("; ");
  const { sequence, name, payload } = outer.data;
  if (name === "reset") {
    const { reason } = (payload ?? {}) as { reason?: unknown };
    return { sequence, name, payload: { reason: typeof reason === "string" ? reason : "" } };
  }
  const inner = events[name].safeParse(payload);
  if (!inner.success) return `${name}: ${describeIssues(inner.error).join("; ")}`;
  return { sequence, name, payload: inner.data } as StreamMessage;
}

/** Asks through one way to the host, and checks every answer before it is used. */
export function createRequester(invoke: Transport["invoke"]): Client["request"] {
  return async (name, input) => {
    const envelope = envelopeSchema.safeParse(await invoke(name, input));
    if (!envelope.success)
      throw new BridgeError(
        "internal",
        `The host answered ${name} with something that is not an answer.`,
        describeIssues(envelope.error),
      );
    if (!envelope.data.ok) {
      const { code, message, details } = envelope.data.error;
      throw new BridgeError(code, message, details);
    }
    const output = requests[name].output.safeParse(envelope.data.value);
    if (!output.success)
      throw new BridgeError(
        "internal",
        `The host's answer to ${name} does not have the agreed shape.`,
        describeIssues(output.error),
      );
    return output.data as RequestOutput<typeof name>;
  };
}

/** Wraps a transport in the contract. */
export function createClient(transport: Transport): Client {
  return {
    request: createRequester((name, input) => transport.invoke(name, input)),
    subscribe(sinceSequence, onMessage, onConnection, onInvalid) {
      return transport.subscribe(
        sinceSequence,
        (raw) => {
          const message = parseStreamMessage(raw);
          if (typeof message === "string") onInvalid(message);
          else onMessage(message);
        },
        onConnection,
      );
    },
  };
}
