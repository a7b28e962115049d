import { contextBridge, ipcRenderer, type IpcRendererEvent } from "electron";
import { electronChannels } from "#contract/channels";
import type { Envelope } from "#contract/envelope";
import { requestNames } from "#contract/names";
import type { WindowApi } from "#contract/window-api";

const knownNames: ReadonlySet<string> = new Set(requestNames);
const subscriptions = new Map<number, (message: unknown) => void>();
let lastSubscription = 0;

// One listener for all subscriptions; the event object, which leads back to Electron, stays here.
ipcRenderer.on(electronChannels.message, (_event: IpcRendererEvent, id: unknown, message: unknown) => {
  const onMessage = typeof id === "number" ? subscriptions.get(id) : undefined;
  if (!onMessage) return;
  try {
    onMessage(message);
  } finally {
    const { sequence } = message as { sequence: number };
    ipcRenderer.send(electronChannels.acknowledge, id, sequence);
  }
});

const api: WindowApi = {
  async invoke(name, input): Promise<Envelope> {
    if (typeof name !== "string" || !knownNames.has(name))
      return {
        ok: false,
        error: { code: "unknown_request", message: "There is no request of that name.", details: [] },
      };
    try {
      return (await ipcRenderer.invoke(electronChannels.invoke, name, input)) as Envelope;
    } catch (error) {
      // Functions and the like cannot be copied to the host.
      const message = error instanceof Error ? error.message : String(error);
      return { ok: false, error: { code: "invalid_request", message, details: [] } };
    }
  },
  subscribe(sinceSequence, onMessage) {
    lastSubscription += 1;
    const id = lastSubscription;
    subscriptions.set(id, onMessage);
    ipcRenderer.send(electronChannels.subscribe, id, sinceSequence);
    return () => {
      if (subscriptions.delete(id)) ipcRenderer.send(electronChannels.unsubscribe, id);
    };
  },
  // The bridge freezes what it exposes.
  host: {
    kind: "electron",
    platform: process.platform,
    electron: process.versions["electron"] ?? "",
    chrome: process.versions["chrome"] ?? "",
  },
};

contextBridge.exposeInMainWorld("gatehouse", api);
