import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClient, type Client } from "#contract/client";
import type { StreamMessage } from "#contract/events";
import { requestNames, type RequestName } from "#contract/names";
import type { Transport } from "#contract/transport";
import { consoleSnapshotSchema } from "#contract/view";
import { createBridgeWorkspace, printedLines, type BridgeWorkspace } from "../../support/bridge-workspace";
import { waitUntil } from "../../support/wait-until";

/** A console opened on a real workspace, reached over one transport. */
export interface OpenBridge {
  readonly transport: Transport;
  /** Breaks the event connection from below, if the transport has one that can break. */
  readonly breakConnections: (() => void) | null;
  close(): Promise<void>;
}

interface Feed {
  readonly messages: StreamMessage[];
  readonly problems: string[];
  readonly connections: string[];
  stop(): void;
}

function follow(client: Client, since: number): Feed {
  const feed = { messages: [] as StreamMessage[], problems: [] as string[], connections: [] as string[] };
  const stop = client.subscribe(
    since,
    (message) => feed.messages.push(message),
    (state) => feed.connections.push(state),
    (problem) => feed.problems.push(problem),
  );
  return { ...feed, stop };
}

/** Voice log lines that the newest of these messages tells of. */
function voiceLines(messages: readonly StreamMessage[]): number {
  for (const message of [...messages].reverse())
    if (message.name === "surface.changed" && message.payload.reading.surface === "voice")
      return message.payload.reading.log.lines;
  return 0;
}

/** The sequences from the first to the last message, if they follow each other without hole or repetition. */
function expectContiguous(messages: readonly StreamMessage[], after: number): void {
  expect(messages.map(({ sequence }) => sequence)).toEqual(messages.map((_, index) => after + 1 + index));
}

/** What every transport must do alike : one bridge, three transports. */
export function describeBridge(name: string, open: (workspacePath: string) => Promise<OpenBridge>): void {
  describe(`bridge over ${name}`, () => {
    let workspace: BridgeWorkspace;
    let bridge: OpenBridge;
    let client: Client;
    let lines = 0;

    beforeAll(async () => {
      workspace = await createBridgeWorkspace();
      bridge = await open(workspace.path);
      client = createClient(bridge.transport);
    });
    afterAll(async () => {
      await bridge?.close();
      await workspace?.remove();
    });

    const append = async (count: number): Promise<number> => {
      await workspace.appendCycles("voice", count);
      lines += count;
      return lines;
    };
    const voiceReaches = (messages: readonly StreamMessage[], count: number): Promise<true> =>
      waitUntil(`voice log of ${count} lines`, () => voiceLines(messages) === count);
    const snapshotSequence = async (): Promise<number> =>
      (await client.request("console.snapshot", {})).sequence;

    it("answers a snapshot of the five surfaces", async () => {
      const snapshot = await client.request("console.snapshot", {});
      expect(consoleSnapshotSchema.safeParse(snapshot).success).toBe(true);
      expect(snapshot.workspace).toMatchObject({ name: "Bridge", path: workspace.path, demo: false });
      expect(snapshot.surfaces.map(({ reading, driver }) => `${reading.surface} ${driver.kind}`)).toEqual([
        "voice observe",
        "browser-automation observe",
        "dashboard observe",
        "custom-command command",
        "memory observe",
      ]);
    });

    it("answers with what is on disk", async () => {
      const count = await append(3);
      const since = await snapshotSequence();
      const feed = follow(client, since - 1);
      await waitUntil("log read", async () => {
        const { surfaces } = await client.request("console.snapshot", {});
        return surfaces[0]?.reading.log.lines === count;
      });
      feed.stop();
      const page = await client.request("surface.events", { surface: "voice", offset: 0, limit: 2 });
      expect(page).toMatchObject({ lines: count, matching: count });
      expect(page.rows.map((row) => row.line)).toEqual([count, count - 1]);
      expect(page.rows[0]?.cycle?.reasonCodes).toEqual(["turns_handled"]);
    });

    it.each([
      ["surface.event", { surface: "voice", generation: 99, line: 1 }, "conflict"],
      ["surface.state", { surface: "memory" }, "not_found"],
      ["driver.run", { surface: "voice" }, "unsupported"],
      ["driver.cancel", { surface: "custom-command", reason: "none runs" }, "conflict"],
      ["driver.configure", { surface: "memory", intervalMs: 5_000 }, "unsupported"],
      ["driver.output", { surface: "custom-command", runId: "none" }, "not_found"],
    ] as const)("carries a refusal of %s as code, message and details", async (request, input, code) => {
      const envelope = await bridge.transport.invoke(request, input);
      expect(envelope).toEqual({
        ok: false,
        error: { code, message: expect.stringMatching(/\S/), details: expect.any(Array) },
      });
      await expect(client.request(request, input as never)).rejects.toMatchObject({
        name: "BridgeError",
        code,
      });
    });

    it.each([
      ["surface.history", { surface: "sound" }, /surface/],
      ["surface.history", {}, /surface/],
      ["surface.events", { surface: "voice", offset: -1, limit: 10 }, /offset/],
      ["surface.events", { surface: "voice", offset: 0, limit: 1e9 }, /limit/],
      ["driver.stop", { surface: "voice", reason: "   " }, /reason/],
      ["console.snapshot", { extra: true }, /extra/],
      ["console.snapshot", null, /./],
      ["console.snapshot", "text", /./],
      ["console.snapshot", [], /./],
    ] as const)("names the field when the input of %s is %j", async (request, input, field) => {
      const envelope = await bridge.transport.invoke(request, input);
      expect(envelope).toMatchObject({ ok: false, error: { code: "invalid_request" } });
      expect(envelope.ok ? "" : envelope.error.message).toMatch(field);
      expect(envelope.ok ? [] : envelope.error.details).not.toEqual([]);
    });

    it.each([
      "no.such",
      "",
      "__proto__",
      "constructor",
      "toString",
      "console.snapshot ",
      "../console.snapshot",
    ])("does not know a request named %j", async (unknown) => {
      const envelope = await bridge.transport.invoke(unknown as RequestName, {});
      expect(envelope).toMatchObject({ ok: false, error: { code: "unknown_request" } });
    });

    it("answers every request of the contract", async () => {
      const envelopes = await Promise.all(
        requestNames.map((request) => bridge.transport.invoke(request, { surface: "dashboard", reason: "" })),
      );
      expect(envelopes.map((envelope) => (envelope.ok ? "ok" : envelope.error.code))).not.toContain(
        "unknown_request",
      );
    });

    it("announces changes in order, once, from the snapshot on", async () => {
      const since = await snapshotSequence();
      const feed = follow(client, since);
      for (let step = 0; step < 20; step += 1) await voiceReaches(feed.messages, await append(1));
      feed.stop();
      expectContiguous(feed.messages, since);
      expect(feed.problems).toEqual([]);
      expect(feed.connections).toEqual(["connected"]);
    });

    it("announces what a run prints, in order, before its end", async () => {
      const since = await snapshotSequence();
      const feed = follow(client, since);
      const run = await client.request("driver.run", { surface: "custom-command" });
      const ended = (): number =>
        feed.messages.findIndex(
          (message) => message.name === "surface.changed" && message.payload.driver.last?.runId === run.runId,
        );
      await waitUntil("end of the run", () => ended() >= 0);
      feed.stop();
      const printed = feed.messages
        .slice(0, ended())
        .flatMap((message) => (message.name === "run.output" ? message.payload.lines : []));
      expect(printed.map(({ number, text }) => `${number} ${text}`)).toEqual(
        Array.from({ length: printedLines }, (_, index) => `${index + 1} line ${index + 1}`),
      );
      const kept = await client.request("driver.output", { surface: "custom-command", runId: run.runId });
      expect(kept.lines).toEqual(printed);
      expectContiguous(feed.messages, since);
    });

    it("misses none and repeats none over leaving and coming back", async () => {
      const since = await snapshotSequence();
      const all: StreamMessage[] = [];
      for (let visit = 0; visit < 4; visit += 1) {
        const feed = follow(client, all.at(-1)?.sequence ?? since);
        await voiceReaches(feed.messages, await append(1));
        feed.stop();
        all.push(...feed.messages);
        // While nobody listens.
        await append(2);
        await waitUntil("log read", async () => {
          const { surfaces } = await client.request("console.snapshot", {});
          return surfaces[0]?.reading.log.lines === lines;
        });
      }
      const last = follow(client, all.at(-1)?.sequence ?? since);
      await voiceReaches(last.messages, lines);
      last.stop();
      all.push(...last.messages);
      expectContiguous(all, since);
      expect(all.some((message) => message.name === "reset")).toBe(false);
    });

    it("delivers the same to everybody who listens", async () => {
      const since = await snapshotSequence();
      const feeds = [follow(client, since), follow(client, since), follow(client, since)];
      const count = await append(5);
      await Promise.all(feeds.map((feed) => voiceReaches(feed.messages, count)));
      for (const feed of feeds) feed.stop();
      for (const feed of feeds) expectContiguous(feed.messages, since);
    });

    it("says reset to a client whose past it does not hold, and goes on from there", async () => {
      const feed = follow(client, 1);
      await waitUntil("a first message", () => feed.messages.length > 0);
      const count = await append(1);
      await voiceReaches(feed.messages, count);
      feed.stop();
      const [reset, ...others] = feed.messages;
      expect(reset).toMatchObject({ name: "reset", payload: { reason: expect.stringMatching(/\S/) } });
      expectContiguous(others, reset?.sequence ?? NaN);
    });

    it("brings the last state of a flood in far fewer events than changes", async () => {
      const since = await snapshotSequence();
      const feed = follow(client, since);
      // Many at once, so that a slow disk makes no trickle of the flood.
      for (let wave = 0; wave < 20; wave += 1) await Promise.all(Array.from({ length: 50 }, () => append(1)));
      await voiceReaches(feed.messages, lines);
      feed.stop();
      expectContiguous(feed.messages, since);
      expect(feed.messages.length).toBeLessThan(500);
    });

    it("goes on without loss or repetition after its connection broke", async () => {
      const since = await snapshotSequence();
      const feed = follow(client, since);
      for (let visit = 0; visit < 3; visit += 1) {
        await voiceReaches(feed.messages, await append(1));
        bridge.breakConnections?.();
        await voiceReaches(feed.messages, await append(2));
      }
      feed.stop();
      expectContiguous(feed.messages, since);
      expect(feed.connections.filter((state) => state === "disconnected")).toHaveLength(
        bridge.breakConnections ? 3 : 0,
      );
    });
  });
}
