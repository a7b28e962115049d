import type { EventPayload, HostEvent, StreamMessage } from "#contract/events";
import type { EventName } from "#contract/names";
import { EventHistory, type HistoryLimits } from "./event-history";
import type { Unsubscribe } from "./ports";

/**
 * Takes one message. A promise holds back the next message until it resolves: a slow consumer costs the host nothing
 * but its place in the history, and is told to start over when the history has moved on without it.
 */
export type Deliver = (message: StreamMessage) => void | Promise<void>;

const defaultLimits: HistoryLimits = { events: 2_048, weight: 16 * 1_048_576 };

/** Numbers events, keeps the newest and feeds each subscriber at its own pace. */
export class EventHub {
  readonly #history: EventHistory;
  readonly #subscriptions = new Set<Subscription>();
  #sequence: number;

  /**
   * `startSequence` should be larger than any number an earlier host of the same client can have reached (milliseconds
   * since the epoch, times a thousand, is), so that a client of that host is told to start over.
   */
  constructor(startSequence: number, limits: HistoryLimits = defaultLimits) {
    this.#sequence = startSequence;
    this.#history = new EventHistory(startSequence + 1, limits);
  }

  /** Sequence of the newest event. */
  get sequence(): number {
    return this.#sequence;
  }

  publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    this.#sequence += 1;
    this.#history.add({ sequence: this.#sequence, name, payload } as HostEvent);
    for (const subscription of [...this.#subscriptions]) subscription.pump();
  }

  /** Delivers every event after `sinceSequence` in order, once, or `reset` and everything from now on. */
  subscribe(sinceSequence: number, deliver: Deliver): Unsubscribe {
    const subscription = new Subscription(this, this.#history, sinceSequence, deliver, () =>
      this.#subscriptions.delete(subscription),
    );
    this.#subscriptions.add(subscription);
    subscription.pump();
    return () => subscription.close();
  }
}

class Subscription {
  readonly #hub: EventHub;
  readonly #history: EventHistory;
  readonly #deliver: Deliver;
  readonly #onClose: () => void;
  #delivered: number;
  #busy = false;
  #closed = false;

  constructor(
    hub: EventHub,
    history: EventHistory,
    sinceSequence: number,
    deliver: Deliver,
    onClose: () => void,
  ) {
    this.#hub = hub;
    this.#history = history;
    this.#delivered = sinceSequence;
    this.#deliver = deliver;
    this.#onClose = onClose;
  }

  close(): void {
    this.#closed = true;
    this.#onClose();
  }

  /** Delivers until there is nothing left or the consumer asks to wait. */
  pump(): void {
    if (this.#busy) return;
    this.#busy = true;
    while (!this.#closed) {
      const message = this.#next();
      if (!message) break;
      this.#delivered = message.sequence;
      const waiting = this.#hand(message);
      if (waiting) {
        waiting.then(
          () => {
            this.#busy = false;
            this.pump();
          },
          () => this.close(),
        );
        return;
      }
    }
    this.#busy = false;
  }

  #next(): StreamMessage | undefined {
    if (this.#delivered === this.#hub.sequence) return undefined;
    const event = this.#history.get(this.#delivered + 1);
    if (event) return event;
    return {
      sequence: this.#hub.sequence,
      name: "reset",
      payload: {
        reason:
          this.#delivered > this.#hub.sequence
            ? `This host has not reached sequence ${this.#delivered}.`
            : `Events after sequence ${this.#delivered} are no longer held; the oldest is ${this.#history.first}.`,
      },
    };
  }

  /** A consumer that throws has only itself to lose. */
  #hand(message: StreamMessage): Promise<void> | undefined {
    try {
      return this.#deliver(message) ?? undefined;
    } catch {
      this.close();
      return undefined;
    }
  }
}
