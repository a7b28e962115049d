import type { Envelope } from "./envelope";
import type { RequestName } from "./names";

/**
 * One way to reach the host. Three exist: Electron IPC, HTTP with server-sent events, and in memory. Messages arrive
 * unparsed; `client.ts` checks them. `connection` tells whether events are flowing, because a silent feed must not
 * look like a quiet one.
 */
export interface Transport {
  invoke(name: RequestName, input: unknown): Promise<Envelope>;
  /** Delivers every event after `sinceSequence`, in order, once. Returns the way to stop. */
  subscribe(
    sinceSequence: number,
    onMessage: (message: unknown) => void,
    onConnection: (state: "connected" | "disconnected") => void,
  ): () => void;
}
