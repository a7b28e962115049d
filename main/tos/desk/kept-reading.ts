/** After this long everything is read again whatever the system announced, in milliseconds. */
const calmMs = 15_000;

/** What was read last of something that changes: read again when it may have changed, but not too often. */
export class KeptReading<Value> {
  readonly #everyMs: number;
  readonly #read: () => Promise<Value>;
  #value: Value | null = null;
  #stale = true;
  #readMs = -Infinity;

  /** `everyMs`: shortest time between two readings, in milliseconds. */
  constructor(everyMs: number, read: () => Promise<Value>) {
    this.#everyMs = everyMs;
    this.#read = read;
  }

  /** Null before the first reading. */
  get value(): Value | null {
    return this.#value;
  }

  /** It may have changed. */
  mark(): void {
    this.#stale = true;
  }

  /** It is read at the next update, however short a time ago that was done. */
  readAnew(): void {
    this.#stale = true;
    this.#readMs = -Infinity;
  }

  /** Reads it when it may have changed, and in any case after a while. True when it was read. Rejects as the reading does. */
  async update(nowMs: number): Promise<boolean> {
    const age = nowMs - this.#readMs;
    if (!(this.#stale && age >= this.#everyMs) && age < calmMs) return false;
    this.#stale = false;
    this.#readMs = nowMs;
    try {
      this.#value = await this.#read();
      return true;
    } catch (error) {
      this.#stale = true;
      throw error;
    }
  }
}
