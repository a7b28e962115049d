import { waitMs } from "./limits";

/** Resolves with the first value that is not null, undefined or false; rejects, naming `what`, when none ever comes. */
export async function waitUntil<Value>(
  what: string,
  look: () => Value | Promise<Value>,
): Promise<NonNullable<Exclude<Value, false>>> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const value = await look();
    if (value !== null && value !== undefined && value !== false)
      return value as NonNullable<Exclude<Value, false>>;
    if (performance.now() > deadline) throw new Error(`Not within ${waitMs} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
