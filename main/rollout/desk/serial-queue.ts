/** Runs tasks one after the other, in the order they were given; one that fails holds up none of the others. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects as the task does. */
  run<Value>(task: () => Value | Promise<Value>): Promise<Value> {
    const done = this.#last.then(task);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Resolves once everything given so far has been done. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
