import { isBlank, trimText } from "../text";

/**
 * Keys of cases that need not run again, oldest first, at most `cap` of them (spec/tau/surfaces.md §2). Made from what
 * the state file held: trimmed, blanks and repeats dropped, the last `cap` kept.
 */
export class ProcessedKeys {
  readonly #keys: Set<string>;
  readonly #cap: number;

  constructor(stored: readonly string[], cap: number) {
    const unique = new Set(stored.filter((key) => !isBlank(key)).map(trimText));
    this.#keys = new Set([...unique].slice(-cap));
    this.#cap = cap;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** Appends a key and drops the oldest past the cap. */
  remember(key: string): void {
    this.#keys.add(key);
    for (const oldest of this.#keys) {
      if (this.#keys.size <= this.#cap) break;
      this.#keys.delete(oldest);
    }
  }

  list(): readonly string[] {
    return [...this.#keys];
  }
}
