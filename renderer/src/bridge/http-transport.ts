import type { Envelope } from "#contract/envelope";
import type { Transport } from "#contract/transport";
import { followEvents, type EventSourceConstructor } from "./event-feed";

export interface HttpTransportOptions {
  /** Where the host answers; the page's own origin when left out. */
  readonly origin?: string;
  readonly fetch?: typeof fetch;
  readonly EventSource?: EventSourceConstructor;
}

/** Reaches the host with `POST /api/<request>` and the event stream `GET /api/events`. */
export function createHttpTransport(options: HttpTransportOptions = {}): Transport {
  const { origin = "" } = options;
  const send = options.fetch ?? ((url: string, init?: RequestInit) => fetch(url, init));
  const Source = options.EventSource ?? EventSource;
  return {
    async invoke(name, input) {
      try {
        const response = await send(`${origin}/api/${encodeURIComponent(name)}`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(input ?? null),
        });
        return (await response.json()) as Envelope;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return {
          ok: false,
          error: { code: "unavailable", message: "The host does not answer.", details: [message] },
        };
      }
    },
    subscribe(sinceSequence, onMessage, onConnection) {
      return followEvents({
        Source,
        url: (since) => `${origin}/api/events?since=${since}`,
        sinceSequence,
        onMessage,
        onConnection,
      });
    },
  };
}
