/** Timers as the coalescer needs them; tests hand in their own. */
export interface Scheduler {
  /** Runs `task` once after `delayMs`; returns the way to call it off. */
  after(delayMs: number, task: () => void): () => void;
}

/** Scheduler on the machine's timers, which do not keep the process alive. */
export const timerScheduler: Scheduler = {
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/**
 * Turns any number of `mark` calls into at most one `flush` per key and interval. The first one after a quiet interval
 * flushes in the same turn of the event loop, so that a lone change is not delayed; the last one is never lost.
 */
export class Coalescer<Key> {
  readonly #intervalMs: number;
  readonly #scheduler: Scheduler;
  readonly #flush: (key: Key) => void;
  readonly #dirty = new Set<Key>();
  readonly #cooling = new Map<Key, () => void>();

  constructor(intervalMs: number, scheduler: Scheduler, flush: (key: Key) => void) {
    this.#intervalMs = intervalMs;
    this.#scheduler = scheduler;
    this.#flush = flush;
  }

  mark(key: Key): void {
    this.#dirty.add(key);
    if (!this.#cooling.has(key)) this.#release(key);
  }

  /** Flushes everything that waits, now. */
  flushAll(): void {
    for (const key of [...this.#dirty]) {
      this.#dirty.delete(key);
      this.#flush(key);
    }
  }

  dispose(): void {
    for (const cancel of this.#cooling.values()) cancel();
    this.#cooling.clear();
    this.#dirty.clear();
  }

  #release(key: Key): void {
    if (!this.#dirty.delete(key)) {
      this.#cooling.delete(key);
      return;
    }
    this.#cooling.set(
      key,
      this.#scheduler.after(this.#intervalMs, () => this.#release(key)),
    );
    this.#flush(key);
  }
}
