import { electronChannels } from "#contract/channels";
import type { Envelope } from "#contract/envelope";
import type { ConsoleHost } from "../host/console-host";
import type { Deliver } from "../host/event-hub";
import { failure } from "../host/failure";

/** Messages that may be on their way to a page before the host waits for it to catch up. */
const unacknowledgedLimit = 64;
/** Subscriptions one page may hold; the console needs one. */
const subscriptionLimit = 8;

/** The part of a page that is needed to talk to it. */
export interface Page {
  send(channel: string, ...values: unknown[]): void;
}

interface Feed {
  close(): void;
  acknowledge(sequence: number): void;
}

function isSequence(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/**
 * One page's way to the host, which may still be opening: requests wait for it, and are told why when it cannot be
 * opened. Everything that comes in is checked; what makes no sense is dropped.
 */
export class HostDoor {
  readonly #host: Promise<ConsoleHost>;
  readonly #page: Page;
  readonly #feeds = new Map<number, Feed>();

  constructor(host: Promise<ConsoleHost>, page: Page) {
    this.#host = host;
    this.#page = page;
  }

  async invoke(name: unknown, input: unknown): Promise<Envelope> {
    let host: ConsoleHost;
    try {
      host = await this.#host;
    } catch (error) {
      return failure("unavailable", error instanceof Error ? error.message : String(error));
    }
    return host.dispatch(name, input);
  }

  subscribe(id: unknown, sinceSequence: unknown): void {
    if (!isSequence(id) || !isSequence(sinceSequence)) return;
    this.unsubscribe(id);
    if (this.#feeds.size >= subscriptionLimit) return;
    const feed = createFeed(this.#page, id);
    this.#feeds.set(id, feed);
    this.#host.then(
      (host) => {
        if (this.#feeds.get(id) === feed) feed.open(host, sinceSequence);
      },
      () => this.#feeds.delete(id),
    );
  }

  unsubscribe(id: unknown): void {
    if (!isSequence(id)) return;
    this.#feeds.get(id)?.close();
    this.#feeds.delete(id);
  }

  acknowledge(id: unknown, sequence: unknown): void {
    if (isSequence(id) && isSequence(sequence)) this.#feeds.get(id)?.acknowledge(sequence);
  }

  /** Ends every subscription: the page has gone or is loading anew. */
  closeAll(): void {
    for (const feed of this.#feeds.values()) feed.close();
    this.#feeds.clear();
  }
}

/** Sends messages to a page and holds them back while too many are on their way. */
function createFeed(page: Page, id: number): Feed & { open(host: ConsoleHost, sinceSequence: number): void } {
  const underway: number[] = [];
  let release: (() => void) | null = null;
  let unsubscribe = (): void => {};
  const deliver: Deliver = (message) => {
    page.send(electronChannels.message, id, message);
    underway.push(message.sequence);
    if (underway.length < unacknowledgedLimit) return undefined;
    return new Promise((done) => (release = done));
  };
  return {
    open(host, sinceSequence) {
      unsubscribe = host.subscribe(sinceSequence, deliver);
    },
    close() {
      unsubscribe();
      release?.();
    },
    acknowledge(sequence) {
      // Not by comparing numbers: after `reset` the sequence may go back.
      const taken = underway.lastIndexOf(sequence);
      if (taken < 0) return;
      underway.splice(0, taken + 1);
      release?.();
      release = null;
    },
  };
}
