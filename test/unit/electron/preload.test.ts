import { beforeEach, describe, expect, it, vi } from "vitest";
import { electronChannels } from "#contract/channels";
import { requestNames } from "#contract/names";
import type { WindowApi } from "#contract/window-api";

// The preload script runs inside Electron's sandbox only; here its two doors to Electron are watched from outside.
const electron = vi.hoisted(() => ({
  exposed: {} as Record<string, unknown>,
  sent: [] as unknown[][],
  invoked: [] as unknown[][],
  listeners: new Map<string, (...values: unknown[]) => void>(),
}));
vi.mock("electron", () => ({
  contextBridge: {
    exposeInMainWorld: (key: string, value: unknown) => {
      electron.exposed[key] = value;
    },
  },
  ipcRenderer: {
    on: (channel: string, listener: (...values: unknown[]) => void) => {
      electron.listeners.set(channel, listener);
    },
    send: (...values: unknown[]) => {
      electron.sent.push(values);
    },
    invoke: (...values: unknown[]) => {
      electron.invoked.push(values);
      return values[2] === "throw"
        ? Promise.reject(new Error("An object could not be cloned."))
        : Promise.resolve({ ok: true, value: null });
    },
  },
}));

describe("preload script", () => {
  let api: WindowApi;

  beforeEach(async () => {
    vi.resetModules();
    electron.sent.length = 0;
    electron.invoked.length = 0;
    await import("../../../preload/index");
    api = electron.exposed["gatehouse"] as WindowApi;
  });
  const receive = (...values: unknown[]): void =>
    electron.listeners.get(electronChannels.message)?.(...values);

  it("exposes exactly two functions and what the program is", () => {
    expect(Object.keys(electron.exposed)).toEqual(["gatehouse"]);
    expect(Object.keys(api).sort()).toEqual(["host", "invoke", "subscribe"]);
    expect(Object.keys(api.host).sort()).toEqual(["chrome", "electron", "kind", "platform"]);
    expect([...electron.listeners.keys()]).toEqual([electronChannels.message]);
  });

  it("passes on every request of the contract, over one channel", async () => {
    for (const name of requestNames) await api.invoke(name, { a: 1 });
    expect(electron.invoked).toEqual(requestNames.map((name) => [electronChannels.invoke, name, { a: 1 }]));
  });

  it.each(["", "gatehouse:invoke", "__proto__", "ELECTRON_BROWSER_REQUIRE", 7, null, undefined, {}])(
    "passes on no request named %j",
    async (name) => {
      expect(await api.invoke(name as string, {})).toMatchObject({
        ok: false,
        error: { code: "unknown_request" },
      });
      expect(electron.invoked).toEqual([]);
    },
  );

  it("answers with an envelope when a value cannot cross", async () => {
    expect(await api.invoke("console.snapshot", "throw")).toEqual({
      ok: false,
      error: { code: "invalid_request", message: "An object could not be cloned.", details: [] },
    });
  });

  it("hands a subscriber the message and never the event, and acknowledges it", () => {
    const heard: unknown[][] = [];
    const stop = api.subscribe(41, (...values: unknown[]) => heard.push(values));
    const [[, id] = []] = electron.sent;
    expect(electron.sent).toEqual([[electronChannels.subscribe, id, 41]]);
    const event = { sender: "leads back to Electron" };
    receive(event, id, { sequence: 42 });
    receive(event, 999, { sequence: 43 });
    expect(heard).toEqual([[{ sequence: 42 }]]);
    expect(electron.sent.slice(1)).toEqual([[electronChannels.acknowledge, id, 42]]);
    stop();
    stop();
    receive(event, id, { sequence: 43 });
    expect(heard).toHaveLength(1);
    expect(electron.sent.slice(2)).toEqual([[electronChannels.unsubscribe, id]]);
  });

  it("acknowledges also what a subscriber fails on", () => {
    api.subscribe(1, () => {
      throw new Error("broken page");
    });
    const id = electron.sent[0]?.[1];
    expect(() => receive({}, id, { sequence: 2 })).toThrow("broken page");
    expect(electron.sent.at(-1)).toEqual([electronChannels.acknowledge, id, 2]);
  });
});
