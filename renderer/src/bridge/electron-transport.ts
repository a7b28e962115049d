import type { Transport } from "#contract/transport";
import type { WindowApi } from "#contract/window-api";

declare global {
  interface Window {
    readonly gatehouse?: WindowApi;
  }
}

/** Reaches the host through what the preload script put on the window. Messages between processes do not get lost. */
export function createElectronTransport(api: WindowApi): Transport {
  return {
    invoke: (name, input) => api.invoke(name, input),
    subscribe(sinceSequence, onMessage, onConnection) {
      const unsubscribe = api.subscribe(sinceSequence, onMessage);
      onConnection("connected");
      return unsubscribe;
    },
  };
}
