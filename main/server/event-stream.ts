import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { StreamMessage } from "#contract/events";
import { failure } from "../host/failure";
import type { ConsoleHost } from "../host/console-host";
import { sendEnvelope } from "./responses";

/** Time between two comments that keep a quiet stream from being taken for a dead one, in milliseconds. */
const keepAliveMs = 15_000;

/** One message as server-sent event; its id is what the browser sends back as `Last-Event-ID`. */
export function formatMessage(message: StreamMessage): string {
  return `id: ${message.sequence}\ndata: ${JSON.stringify(message)}\n\n`;
}

/** Sequence a client wants to go on from: `Last-Event-ID` of a reconnecting browser, else `since`; null when it is no number. */
export function resumeSequence(lastEventId: string | undefined, since: string | null): number | null {
  const text = lastEventId ?? since ?? "0";
  const sequence = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(sequence) ? sequence : null;
}

/**
 * Answers `GET /api/events` with everything after the asked sequence until the client goes. A client that reads slowly
 * is waited for: the host holds back its next message, and nothing piles up here.
 */
export function streamEvents(
  host: ConsoleHost,
  request: IncomingMessage,
  response: ServerResponse,
  since: string | null,
): void {
  const sequence = resumeSequence(request.headers["last-event-id"]?.toString(), since);
  if (sequence === null) {
    sendEnvelope(
      response,
      failure("invalid_request", "events: since and Last-Event-ID must be a whole number, zero or more."),
    );
    return;
  }
  response.writeHead(200, {
    "Content-Type": "text/event-stream; charset=utf-8",
    "X-Accel-Buffering": "no",
  });
  response.write("retry: 500\n\n");
  const keepAlive = setInterval(() => {
    if (!response.writableNeedDrain) response.write(": alive\n\n");
  }, keepAliveMs);
  const gone = new AbortController();
  const unsubscribe = host.subscribe(sequence, (message) => {
    if (response.write(formatMessage(message))) return undefined;
    return once(response, "drain", { signal: gone.signal }).then(() => undefined);
  });
  response.on("close", () => {
    clearInterval(keepAlive);
    unsubscribe();
    gone.abort();
  });
}
