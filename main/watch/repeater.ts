/**
 * Runs one task at a time. Asking again while it runs makes it run once more afterwards, however often it was asked:
 * so a flood of hints costs one look at a time, and no hint is lost.
 */
export class Repeater {
  readonly #task: () => Promise<void>;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(task: () => Promise<void>) {
    this.#task = task;
  }

  /** Resolves when a run that began after this call has ended. */
  run(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#loop().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** No run begins from now on; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #loop(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      await this.#task();
    }
  }
}
