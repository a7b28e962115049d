import { get, type ClientRequest, type IncomingMessage } from "node:http";
import type { EventFeedSource } from "../../renderer/src/bridge/event-feed";

const connecting = 0;
const open = 1;
const closed = 2;

/**
 * `EventSource` for Node, which has none: the parts of the HTML standard that the console relies on (ids, `retry`,
 * reconnecting with `Last-Event-ID`, giving up on an answer that is no event stream).
 */
export class NodeEventSource implements EventFeedSource {
  readyState = connecting;
  onopen: ((event: Event) => unknown) | null = null;
  onmessage: ((event: MessageEvent) => unknown) | null = null;
  onerror: ((event: Event) => unknown) | null = null;
  readonly #url: string;
  readonly #headers: Record<string, string>;
  #request: ClientRequest | null = null;
  #lastEventId = "";
  #retryMs = 100;

  constructor(url: string, headers: Record<string, string>) {
    this.#url = url;
    this.#headers = headers;
    this.#connect();
  }

  close(): void {
    this.readyState = closed;
    this.#request?.destroy();
  }

  /** Breaks the connection as a failing network would. */
  breakConnection(): void {
    this.#request?.destroy();
  }

  #connect(): void {
    const headers = { ...this.#headers, Accept: "text/event-stream" };
    if (this.#lastEventId !== "") Object.assign(headers, { "Last-Event-ID": this.#lastEventId });
    this.#request = get(this.#url, { headers, agent: false });
    this.#request.on("response", (response) => this.#read(response));
    this.#request.on("error", () => undefined);
    this.#request.on("close", () => this.#reconnect());
  }

  #read(response: IncomingMessage): void {
    const isStream = response.headers["content-type"]?.startsWith("text/event-stream") ?? false;
    if (response.statusCode !== 200 || !isStream) {
      this.close();
      this.onerror?.(new Event("error"));
      return;
    }
    this.readyState = open;
    this.onopen?.(new Event("open"));
    let text = "";
    response.setEncoding("utf8");
    response.on("error", () => undefined);
    response.on("data", (chunk: string) => {
      text += chunk;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        this.#dispatch(text.slice(0, end));
        text = text.slice(end + 2);
      }
    });
  }

  #dispatch(block: string): void {
    const data: string[] = [];
    for (const line of block.split("\n")) {
      const [field = "", value = ""] = line.split(/: ?(.*)/s, 2);
      if (field === "id") this.#lastEventId = value;
      else if (field === "retry") this.#retryMs = Number(value);
      else if (field === "data") data.push(value);
    }
    if (data.length > 0 && this.readyState === open)
      this.onmessage?.(
        new MessageEvent("message", { data: data.join("\n"), lastEventId: this.#lastEventId }),
      );
  }

  #reconnect(): void {
    if (this.readyState === closed) return;
    this.readyState = connecting;
    this.onerror?.(new Event("error"));
    setTimeout(() => {
      if (this.readyState !== closed) this.#connect();
    }, this.#retryMs);
  }
}
