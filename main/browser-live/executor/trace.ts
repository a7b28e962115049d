import type { Page } from "playwright";
import type { Clock } from "#domain/clock";
import type { ExecutorRequest } from "#domain/browser-live/executor-request";

const maximumEvents = 500;
const maximumText = 2_000;

/** One thing that happened, milliseconds after the executor took the request. */
interface TraceEvent {
  readonly offset_ms: number;
  readonly event: string;
  readonly [detail: string]: string | number;
}

/** Records what was done for one request and what the page did meanwhile, for the trace artifact. */
export class ActionTrace {
  readonly #clock: Clock;
  readonly #request: ExecutorRequest;
  readonly #startedMs: number;
  readonly #startedUnixMs: number;
  readonly #events: TraceEvent[] = [];
  #dropped = 0;

  constructor(request: ExecutorRequest, clock: Clock) {
    this.#clock = clock;
    this.#request = request;
    this.#startedMs = clock.monotonicMs();
    this.#startedUnixMs = clock.nowUnixMs();
  }

  add(event: string, details: Readonly<Record<string, string | number>> = {}): void {
    if (this.#events.length >= maximumEvents) {
      this.#dropped += 1;
      return;
    }
    const cut = Object.entries(details).map(([key, value]) => [
      key,
      typeof value === "string" && value.length > maximumText ? `${value.slice(0, maximumText)}…` : value,
    ]);
    this.#events.push({ offset_ms: this.#elapsedMs(), event, ...Object.fromEntries(cut) });
  }

  /** Notes what the page loads, prints and throws until the connection to it is closed. */
  watch(page: Page): void {
    page.on("response", (response) =>
      this.add("response", { status: response.status(), url: response.url() }),
    );
    page.on("requestfailed", (request) =>
      this.add("request_failed", { url: request.url(), error: request.failure()?.errorText ?? "" }),
    );
    page.on("framenavigated", (frame) => this.add("navigated", { url: frame.url() }));
    page.on("console", (message) => this.add("console", { level: message.type(), text: message.text() }));
    page.on("pageerror", (error) => this.add("page_error", { message: error.message }));
  }

  /** The trace artifact. */
  print(browserVersion: string): string {
    return JSON.stringify({
      schema_version: 1,
      browser: browserVersion,
      request: this.#request,
      started_unix_ms: this.#startedUnixMs,
      duration_ms: this.#elapsedMs(),
      events: this.#events,
      dropped_events: this.#dropped,
    });
  }

  #elapsedMs(): number {
    return Math.round(this.#clock.monotonicMs() - this.#startedMs);
  }
}
