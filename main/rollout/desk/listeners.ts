import type { Unsubscribe } from "../../host/ports";

/** Notices that are held for whoever listens first: more at once than an operator would read. */
export const heldNotices = 32;

/** Those who want to be told of something. Up to `held` values told before anybody listened await the first who does. */
export class Listeners<Value> {
  readonly #listeners = new Set<(value: Value) => void>();
  readonly #held: number;
  /** Null once somebody has listened. */
  #early: Value[] | null = [];

  constructor(held = 0) {
    this.#held = held;
  }

  add(listener: (value: Value) => void): Unsubscribe {
    this.#listeners.add(listener);
    const early = this.#early ?? [];
    this.#early = null;
    for (const value of early) listener(value);
    return () => this.#listeners.delete(listener);
  }

  tell(value: Value): void {
    this.#early?.push(value);
    if (this.#early !== null && this.#early.length > this.#held) this.#early.shift();
    for (const listener of [...this.#listeners]) listener(value);
  }
}
