/** Resolves with the first value that is not null, undefined or false; rejects when there is none within `withinMs`. */
export async function waitUntil<Value>(
  what: string,
  look: () => Value | Promise<Value>,
  withinMs = 20_000,
): Promise<NonNullable<Exclude<Value, false>>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await look();
    if (value !== null && value !== undefined && value !== false)
      return value as NonNullable<Exclude<Value, false>>;
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
