/** The part of `EventSource` that is used. */
export interface EventFeedSource {
  readonly readyState: number;
  onopen: ((event: Event) => unknown) | null;
  onmessage: ((event: MessageEvent) => unknown) | null;
  onerror: ((event: Event) => unknown) | null;
  close(): void;
}
export type EventSourceConstructor = new (url: string) => EventFeedSource;

export interface EventFeedOptions {
  readonly Source: EventSourceConstructor;
  readonly url: (since: number) => string;
  readonly sinceSequence: number;
  readonly onMessage: (message: unknown) => void;
  readonly onConnection: (state: "connected" | "disconnected") => void;
}

const closed = 2;
const firstRetryMs = 250;
const longestRetryMs = 5_000;

/**
 * Follows the event stream for as long as it is wanted. `EventSource` reconnects by itself (with `Last-Event-ID`) when
 * the connection breaks, but gives up when a server answers with an error; then a new one is opened after a pause,
 * from the last message on. A message that was already delivered is not delivered again.
 */
export function followEvents({
  Source,
  url,
  sinceSequence,
  onMessage,
  onConnection,
}: EventFeedOptions): () => void {
  let sequence = sinceSequence;
  let retryMs = firstRetryMs;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let source: EventFeedSource;
  let ended = false;

  const open = (): void => {
    source = new Source(url(sequence));
    source.onopen = () => {
      retryMs = firstRetryMs;
      onConnection("connected");
    };
    source.onmessage = (event) => {
      const message = parse(event.data);
      if (ended || isDelivered(message)) return;
      onMessage(message);
    };
    source.onerror = () => {
      if (ended) return;
      onConnection("disconnected");
      if (source.readyState !== closed) return;
      retry = setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    };
  };

  /** Notes how far the stream has come. After `reset` the host may count from anywhere. */
  const isDelivered = (message: unknown): boolean => {
    const { sequence: number, name } = (message ?? {}) as { sequence?: unknown; name?: unknown };
    if (typeof number !== "number") return false;
    if (name !== "reset" && number <= sequence) return true;
    sequence = number;
    return false;
  };

  open();
  return () => {
    ended = true;
    clearTimeout(retry);
    source.close();
  };
}

/** Text that is not JSON is handed on as it is: the client says what is wrong with it. */
function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}
