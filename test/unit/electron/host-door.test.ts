import { describe, expect, it } from "vitest";
import type { StreamMessage } from "#contract/events";
import { HostDoor } from "../../../main/electron/host-door";
import type { ConsoleHost } from "../../../main/host/console-host";
import { EventHub } from "../../../main/host/event-hub";

/** A host that only announces: what is under test is the door in front of it. */
function announcingHost(hub: EventHub): ConsoleHost {
  return {
    dispatch: (name, input) => Promise.resolve({ ok: true, value: { name, input } }),
    subscribe: (since, deliver) => hub.subscribe(since, deliver),
    close: () => undefined,
  };
}

function openDoor(host: Promise<ConsoleHost>): {
  door: HostDoor;
  sent: { id: number; message: StreamMessage }[];
} {
  const sent: { id: number; message: StreamMessage }[] = [];
  const door = new HostDoor(host, {
    send: (_channel, id, message) => sent.push({ id: id as number, message: message as StreamMessage }),
  });
  return { door, sent };
}

const announce = (hub: EventHub, count: number): void => {
  for (let index = 0; index < count; index += 1)
    hub.publish("run.output", { surface: "voice", runId: "r", lines: [] });
};
const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

describe("a page's door to the host", () => {
  it("keeps requests until the host is open", async () => {
    let open = (_host: ConsoleHost): void => {};
    const { door } = openDoor(new Promise((done) => (open = done)));
    const answer = door.invoke("console.snapshot", {});
    open(announcingHost(new EventHub(0)));
    expect(await answer).toEqual({ ok: true, value: { name: "console.snapshot", input: {} } });
  });

  it("says why when the host cannot be opened, and delivers nothing", async () => {
    const { door, sent } = openDoor(Promise.reject(new Error("The workspace /w cannot be opened.")));
    door.subscribe(1, 0);
    await settled();
    expect(await door.invoke("console.snapshot", {})).toEqual({
      ok: false,
      error: { code: "unavailable", message: "The workspace /w cannot be opened.", details: [] },
    });
    expect(sent).toEqual([]);
  });

  it("delivers from the asked sequence on until it is told to stop", async () => {
    const hub = new EventHub(100);
    const { door, sent } = openDoor(Promise.resolve(announcingHost(hub)));
    announce(hub, 3);
    door.subscribe(5, 101);
    await settled();
    announce(hub, 1);
    door.unsubscribe(5);
    announce(hub, 1);
    expect(sent.map(({ id, message }) => [id, message.sequence])).toEqual([
      [5, 102],
      [5, 103],
      [5, 104],
    ]);
  });

  it("waits for a page that does not take its messages, and goes on when it does", async () => {
    const hub = new EventHub(0);
    const { door, sent } = openDoor(Promise.resolve(announcingHost(hub)));
    door.subscribe(1, 0);
    await settled();
    announce(hub, 1_000);
    await settled();
    expect(sent).toHaveLength(64);
    while (sent.length < 1_000) {
      const before = sent.length;
      door.acknowledge(1, before);
      await settled();
      expect(sent.length).toBeGreaterThan(before);
    }
    expect(sent.map(({ message }) => message.sequence)).toEqual(sent.map((_, index) => index + 1));
  });

  it("replaces a subscription of the same number, and ends all when the page goes", async () => {
    const hub = new EventHub(0);
    const { door, sent } = openDoor(Promise.resolve(announcingHost(hub)));
    door.subscribe(1, 0);
    await settled();
    door.subscribe(1, 0);
    await settled();
    announce(hub, 1);
    expect(sent).toHaveLength(1);
    door.closeAll();
    announce(hub, 1);
    expect(sent).toHaveLength(1);
  });

  it("holds a bounded number of subscriptions", async () => {
    const hub = new EventHub(0);
    const { door, sent } = openDoor(Promise.resolve(announcingHost(hub)));
    for (let id = 1; id <= 100; id += 1) door.subscribe(id, 0);
    await settled();
    announce(hub, 1);
    expect(sent.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it.each([null, undefined, -1, 1.5, NaN, "1", {}, []])("drops a message that says %j", async (nonsense) => {
    const hub = new EventHub(0);
    const { door, sent } = openDoor(Promise.resolve(announcingHost(hub)));
    door.subscribe(nonsense, 0);
    door.subscribe(1, nonsense);
    door.unsubscribe(nonsense);
    door.acknowledge(nonsense, nonsense);
    await settled();
    announce(hub, 1);
    expect(sent).toEqual([]);
  });
});
