import type { Transport } from "#contract/transport";
import type { ConsoleHost } from "../../main/host/console-host";

/** Reaches a host in the same process. What crosses is copied, as on every other transport. */
export function createMemoryTransport(host: ConsoleHost): Transport {
  return {
    invoke: async (name, input) => structuredClone(await host.dispatch(name, structuredClone(input))),
    subscribe(sinceSequence, onMessage, onConnection) {
      onConnection("connected");
      return host.subscribe(sinceSequence, (message) => onMessage(structuredClone(message)));
    },
  };
}
