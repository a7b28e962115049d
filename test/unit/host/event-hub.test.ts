import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreamMessage } from "#contract/events";
import type { WorkspaceView } from "#contract/view";
import { EventHub } from "../../../main/host/event-hub";

const start = 1_000;
const view = (name: string): WorkspaceView => ({
  name,
  path: "/w",
  settingsPath: "/w/.gatehouse/settings.json",
  demo: false,
  settingsErrors: [],
});

function publish(hub: EventHub, count: number): void {
  for (let index = 0; index < count; index += 1) hub.publish("workspace.changed", view(`v${index}`));
}

function brief(messages: readonly StreamMessage[]): string[] {
  return messages.map(({ name, sequence }) => `${name === "reset" ? "reset" : "event"} ${sequence}`);
}

function collect(hub: EventHub, since: number): { messages: StreamMessage[]; stop: () => void } {
  const messages: StreamMessage[] = [];
  return { messages, stop: hub.subscribe(since, (message) => void messages.push(message)) };
}

describe("event hub", () => {
  it("numbers events one by one from its start", () => {
    const hub = new EventHub(start);
    const { messages } = collect(hub, start);
    publish(hub, 3);
    expect(brief(messages)).toEqual(["event 1001", "event 1002", "event 1003"]);
    expect(hub.sequence).toBe(1_003);
  });

  it("replays exactly what a client missed", () => {
    const hub = new EventHub(start);
    publish(hub, 5);
    expect(brief(collect(hub, 1_003).messages)).toEqual(["event 1004", "event 1005"]);
    expect(brief(collect(hub, 1_005).messages)).toEqual([]);
  });

  it("sends reset when the history no longer reaches back, and goes on from there", () => {
    const hub = new EventHub(start, { events: 3, weight: 1e9 });
    publish(hub, 5);
    const { messages } = collect(hub, 1_001);
    publish(hub, 1);
    expect(brief(messages)).toEqual(["reset 1005", "event 1006"]);
    expect(brief(collect(hub, 1_003).messages)).toEqual(["event 1004", "event 1005", "event 1006"]);
  });

  it("sends reset to a client of another host, whether it counts lower or higher", () => {
    const hub = new EventHub(start);
    expect(brief(collect(hub, 0).messages)).toEqual(["reset 1000"]);
    const { messages } = collect(hub, 5_000);
    publish(hub, 1);
    expect(brief(messages)).toEqual(["reset 1000", "event 1001"]);
  });

  it("drops old run output first when the kept events grow too heavy", () => {
    const hub = new EventHub(start, { events: 100, weight: 10_000 });
    const line = { number: 1, stream: "stdout" as const, text: "x".repeat(4_000), unixMs: 1 };
    for (let index = 0; index < 5; index += 1)
      hub.publish("run.output", { surface: "voice", runId: "r", lines: [line] });
    expect(brief(collect(hub, start).messages)).toEqual(["reset 1005"]);
    expect(brief(collect(hub, 1_003).messages)).toEqual(["event 1004", "event 1005"]);
  });

  it("holds back the next message while a consumer is busy, without holding up the others", async () => {
    const hub = new EventHub(start);
    const slow: number[] = [];
    let release = (): void => {};
    hub.subscribe(start, (message) => {
      slow.push(message.sequence);
      return new Promise<void>((done) => (release = done));
    });
    const { messages } = collect(hub, start);
    publish(hub, 3);
    expect(slow).toEqual([1_001]);
    expect(messages).toHaveLength(3);
    for (const expected of [1_002, 1_003]) {
      release();
      await Promise.resolve();
      await Promise.resolve();
      expect(slow.at(-1)).toBe(expected);
    }
    expect(slow).toEqual([1_001, 1_002, 1_003]);
  });

  it("tells a consumer that fell too far behind to start over", async () => {
    const hub = new EventHub(start, { events: 2, weight: 1e9 });
    const seen: StreamMessage[] = [];
    let release = (): void => {};
    hub.subscribe(start, (message) => {
      seen.push(message);
      return new Promise<void>((done) => (release = done));
    });
    publish(hub, 6);
    release();
    await Promise.resolve();
    await Promise.resolve();
    expect(brief(seen)).toEqual(["event 1001", "reset 1006"]);
  });

  it("drops a consumer that throws or rejects, and keeps the others", async () => {
    const hub = new EventHub(start);
    let calls = 0;
    hub.subscribe(start, () => {
      calls += 1;
      throw new Error("broken");
    });
    let rejections = 0;
    hub.subscribe(start, () => {
      rejections += 1;
      return Promise.reject(new Error("broken"));
    });
    const { messages } = collect(hub, start);
    publish(hub, 1);
    await Promise.resolve();
    await Promise.resolve();
    publish(hub, 1);
    expect([calls, rejections, messages.length]).toEqual([1, 1, 2]);
  });

  it("delivers in order to a consumer that publishes and unsubscribes while it is being served", () => {
    const hub = new EventHub(start);
    const seen: number[] = [];
    const stop = hub.subscribe(start, (message) => {
      seen.push(message.sequence);
      if (seen.length === 1) publish(hub, 2);
      if (seen.length === 2) stop();
    });
    publish(hub, 1);
    expect(seen).toEqual([1_001, 1_002]);
  });

  it("misses none and repeats none over any pattern of publishing and reconnecting", () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ publish: fc.integer({ min: 1, max: 12 }) }),
        fc.constant({ reconnect: true as const }),
        fc.constant({ disconnect: true as const }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 20 }), (script, kept) => {
        const hub = new EventHub(start, { events: kept, weight: 1e9 });
        let reached = start;
        const wrong: number[] = [];
        let stop = (): void => {};
        const connect = (): void => {
          stop();
          stop = hub.subscribe(reached, (message) => {
            const step = message.sequence - reached;
            if (message.name === "reset" ? step <= kept : step !== 1) wrong.push(step);
            reached = message.sequence;
          });
        };
        for (const step of script) {
          if ("publish" in step) publish(hub, step.publish);
          else if ("reconnect" in step) connect();
          else stop();
        }
        connect();
        expect([wrong, reached]).toEqual([[], hub.sequence]);
      }),
      { numRuns: 300 },
    );
  });
});
