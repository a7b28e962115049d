/** What Node's `fetch` sends its requests through, as far as it is used here. */
type Dispatcher = NonNullable<RequestInit["dispatcher"]>;
type DispatcherClass = new (options: {
  readonly headersTimeout: number;
  readonly bodyTimeout: number;
}) => Dispatcher;

/** Where `fetch` keeps the dispatcher it uses when none is given. */
const usualDispatcher = Symbol.for("undici.globalDispatcher.1");

/**
 * A dispatcher that waits `silenceMs` for an answer to begin and to go on; 0 waits for ever, which leaves the limit to the
 * request's signal. Node's own gives up after 300 s of silence, whatever limit a request has, and a model that runs on
 * this machine may take longer. Undefined where this platform's `fetch` does not let itself be asked: its limit then holds.
 */
export function dispatcherWaiting(silenceMs: number): Dispatcher | undefined {
  // Reading the class loads `fetch`, which puts its dispatcher in its place.
  void Response.name;
  const usual: unknown = Reflect.get(globalThis, usualDispatcher);
  if (typeof usual !== "object" || usual === null) return undefined;
  try {
    const Agent = usual.constructor as DispatcherClass;
    return new Agent({ headersTimeout: silenceMs, bodyTimeout: silenceMs });
  } catch {
    return undefined;
  }
}
