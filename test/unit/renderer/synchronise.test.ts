import { describe, expect, it } from "vitest";
import type { Client } from "#contract/client";
import { BridgeError } from "#contract/envelope";
import type { StreamMessage } from "#contract/events";
import { initialConsoleState, type ConsoleState } from "../../../renderer/src/state/console-state";
import { synchronise, type Surroundings } from "../../../renderer/src/state/synchronise";

const workspace = { name: "w", path: "/w", settingsPath: "s", demo: false, settingsErrors: [] };

/** A host and a browser whose time stands still until told. */
class Bench {
  state: ConsoleState = initialConsoleState;
  sequence = 0;
  snapshots = 0;
  failure: BridgeError | null = null;
  timers: { readonly milliseconds: number; readonly callback: () => void; cancelled: boolean }[] = [];
  frames: (() => void)[] = [];
  feed: {
    since: number;
    message: (message: StreamMessage) => void;
    connection: (state: "connected" | "disconnected") => void;
    invalid: (problem: string) => void;
  } | null = null;

  readonly client = {
    request: async () => {
      this.snapshots += 1;
      if (this.failure !== null) throw this.failure;
      return {
        sequence: this.sequence,
        nowUnixMs: 0,
        version: "1",
        workspace,
        surfaces: [],
        rollout: { latest: null },
        tos: { view: null, problem: "" },
      };
    },
    subscribe: (since, message, connection, invalid) => {
      this.feed = { since, message, connection, invalid };
      return () => {
        this.feed = null;
      };
    },
  } as Client;

  readonly surroundings: Surroundings = {
    nowMs: () => 0,
    onNextFrame: (callback) => this.frames.push(callback),
    after: (milliseconds, callback) => {
      const timer = { milliseconds, callback, cancelled: false };
      this.timers.push(timer);
      return () => {
        timer.cancelled = true;
      };
    },
  };

  start(): () => void {
    const holder = {
      getState: () => this.state,
      setState: (change: Partial<ConsoleState>) => {
        this.state = { ...this.state, ...change };
      },
    };
    return synchronise(this.client, holder, this.surroundings);
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }

  async frame(): Promise<void> {
    for (const callback of this.frames.splice(0)) callback();
    await this.settle();
  }

  /** Runs what waits, and returns how long it would have waited. */
  async elapse(): Promise<number[]> {
    const due = this.timers.splice(0).filter((timer) => !timer.cancelled);
    for (const timer of due) timer.callback();
    await this.settle();
    return due.map((timer) => timer.milliseconds);
  }

  announce(sequence: number): void {
    this.feed?.message({
      sequence,
      name: "workspace.changed",
      payload: { ...workspace, name: `w${sequence}` },
    });
  }
}

describe("synchronise", () => {
  it("draws all messages of a frame at once, from the snapshot's sequence on", async () => {
    const bench = new Bench();
    bench.sequence = 4;
    bench.start();
    await bench.settle();
    expect([bench.state.connection, bench.feed?.since]).toEqual(["connected", 4]);
    bench.announce(5);
    bench.announce(6);
    expect([bench.state.sequence, bench.frames.length]).toEqual([4, 1]);
    await bench.frame();
    expect([bench.state.sequence, bench.state.workspace?.name]).toEqual([6, "w6"]);
  });

  it("takes a new snapshot after a gap, a reset and an event it cannot read", async () => {
    const bench = new Bench();
    bench.start();
    await bench.settle();
    for (const disturb of [
      () => bench.announce(bench.state.sequence + 2),
      () => bench.feed?.message({ sequence: 0, name: "reset", payload: { reason: "" } }),
      () => bench.feed?.invalid("surface.changed: reading: expected an object"),
    ]) {
      const taken = bench.snapshots;
      bench.sequence += 10;
      disturb();
      await bench.frame();
      await bench.elapse();
      expect([bench.snapshots, bench.state.sequence, bench.feed?.since]).toEqual([
        taken + 1,
        bench.sequence,
        bench.sequence,
      ]);
      bench.announce(bench.sequence + 1);
      await bench.frame();
      expect(bench.state.sequence).toBe(bench.sequence + 1);
      bench.sequence += 1;
    }
  });

  it("says it is disconnected, tries with growing pauses, and says why in the host's words", async () => {
    const bench = new Bench();
    bench.failure = new BridgeError("unavailable", "The host does not answer.");
    bench.start();
    await bench.settle();
    expect(bench.state).toMatchObject({ connection: "disconnected", problem: "The host does not answer." });
    const pauses = [
      await bench.elapse(),
      await bench.elapse(),
      await bench.elapse(),
      await bench.elapse(),
    ].flat();
    expect(pauses).toEqual([0, 500, 1_000, 2_000]);
    bench.failure = null;
    await bench.elapse();
    expect(bench.state).toMatchObject({ connection: "connected", problem: null, disconnectedSinceMs: null });
  });

  it("asks a host whose events have stopped what is wrong, and stops asking when they flow again", async () => {
    const bench = new Bench();
    bench.start();
    await bench.settle();
    bench.feed?.connection("disconnected");
    expect(bench.state.connection).toBe("disconnected");
    bench.failure = new BridgeError("unauthorized", "Open the console with a new link.");
    await bench.elapse();
    expect(bench.state.problem).toBe("Open the console with a new link.");
    bench.feed?.connection("connected");
    expect(bench.state).toMatchObject({ connection: "connected", problem: null });
    expect(await bench.elapse()).toEqual([]);
  });

  it("does nothing more once stopped", async () => {
    const bench = new Bench();
    const stop = bench.start();
    await bench.settle();
    bench.announce(1);
    stop();
    await bench.frame();
    expect([bench.state.sequence, bench.feed]).toEqual([0, null]);
  });
});
