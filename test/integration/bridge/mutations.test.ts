import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { envelopeSchema } from "#contract/envelope";
import { requestNames } from "#contract/names";
import { openConsole, type OpenedConsole } from "../../../main/host/compose";
import { systemClock } from "../../../main/system/clock";
import { startBridgeServer, type BridgeServer } from "../../support/bridge-server";
import { createBridgeWorkspace, type BridgeWorkspace } from "../../support/bridge-workspace";
import { rounds } from "../../support/depth";

/** Well-formed inputs, to be spoilt. */
const sound: Readonly<Record<string, unknown>> = {
  "console.snapshot": {},
  "surface.history": { surface: "voice", maximumPoints: 10 },
  "surface.events": { surface: "voice", filter: { codes: ["turns_handled"] }, offset: 0, limit: 10 },
  "surface.event": { surface: "voice", generation: 0, line: 1 },
  "channels.read": { surface: "voice", path: "channels/voice/ops-1/schema.json", offset: 0, limit: 100 },
  "driver.cancel": { surface: "voice", reason: "spoilt" },
  "driver.stop": { surface: "voice", reason: "spoilt" },
  "driver.output": { surface: "voice", runId: "voice-1", afterNumber: 0 },
  "driver.configure": { surface: "voice", intervalMs: 5_000, limits: { queueLimit: 3 } },
};

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    1.5,
    1e308,
    Number.MAX_SAFE_INTEGER + 2,
    "",
    "\0",
    "../../../etc/passwd",
    "/etc/passwd",
    "x".repeat(10_000),
    "\ud800",
    "__proto__",
    [],
    {},
    { toString: 1 },
    [[[[[[]]]]]],
  ),
  fc.jsonValue({ maxDepth: 4 }),
);

/** One message with something wrong in it: its name, a field, a type, an unknown key, or all of it. */
const mutatedMessage: fc.Arbitrary<{ name: string; input: unknown }> = fc
  .record({
    name: fc.constantFrom(...requestNames),
    how: fc.constantFrom("replace", "drop", "add", "whole", "name"),
    key: fc.oneof(fc.constantFrom("surface", "offset", "limit", "path", "filter", "__proto__"), fc.string()),
    value: hostile,
    otherName: fc.oneof(fc.string(), fc.constantFrom("constructor", "events", "link", "console.snapshot/..")),
  })
  .map(({ name, how, key, value, otherName }) => {
    const input = { ...((sound[name] ?? { surface: "voice" }) as Record<string, unknown>) };
    const keys = Object.keys(input);
    const target = keys[key.length % Math.max(1, keys.length)] ?? key;
    if (how === "replace") input[target] = value;
    else if (how === "drop") delete input[target];
    else if (how === "add") Object.defineProperty(input, key, { value, enumerable: true });
    else if (how === "whole") return { name, input: value };
    else return { name: otherName, input };
    return { name, input };
  });

const runs = rounds(100, 1_250);

describe("mutated messages", () => {
  let workspace: BridgeWorkspace;

  beforeAll(async () => {
    workspace = await createBridgeWorkspace();
    await workspace.appendCycles("voice", 20);
  });
  afterAll(() => workspace?.remove());

  describe("to the host itself", () => {
    let opened: OpenedConsole;
    const problems: string[] = [];
    beforeAll(async () => {
      opened = await openConsole({
        path: workspace.path,
        kind: "server",
        clock: systemClock,
        version: "test",
        onProblem: (problem) => problems.push(problem),
      });
    });
    afterAll(() => opened?.close());

    it(`are each answered with an envelope: ${runs}, and as many that JSON cannot carry`, async () => {
      await fc.assert(
        fc.asyncProperty(mutatedMessage, fc.anything(), async ({ name, input }, anything) => {
          const answers = await Promise.all([
            opened.host.dispatch(name, input),
            opened.host.dispatch(name, anything),
            opened.host.dispatch(anything, input),
          ]);
          for (const answer of answers) expect(envelopeSchema.safeParse(answer).success).toBe(true);
          for (const answer of answers) if (!answer.ok) expect(answer.error.code).not.toBe("internal");
        }),
        { numRuns: runs },
      );
      expect(await opened.host.dispatch("console.snapshot", {})).toMatchObject({ ok: true });
      expect(problems).toEqual([]);
    });
  });

  describe("over HTTP", () => {
    let bridge: BridgeServer;
    beforeAll(async () => {
      bridge = await startBridgeServer(workspace.path);
    });
    afterAll(() => bridge?.close());

    it(`are each answered with an envelope and a fitting status: ${runs}`, async () => {
      const post = async (path: string, body: string): Promise<{ status: number; answer: unknown }> => {
        const response = await fetch(`${bridge.server.origin}/api/${path}`, {
          method: "POST",
          headers: {
            "Content-Type": "application/json",
            Authorization: `Bearer ${bridge.access.bearer}`,
          },
          body,
        });
        return { status: response.status, answer: await response.json() };
      };
      await fc.assert(
        fc.asyncProperty(
          mutatedMessage,
          fc.option(fc.record({ at: fc.nat(200), byte: fc.string({ maxLength: 3 }) })),
          async ({ name, input }, damage) => {
            const text = JSON.stringify(input) ?? "";
            const body = damage ? text.slice(0, damage.at) + damage.byte + text.slice(damage.at + 1) : text;
            // A path that names no request at all: a URL has its own opinion of dots.
            const path = /^\.{0,2}$/.test(name)
              ? "none"
              : encodeURIComponent(name.replace(/\p{Surrogate}/gu, "?"));
            const { status, answer } = await post(path, body);
            const envelope = envelopeSchema.parse(answer);
            expect(envelope.ok ? status === 200 : status >= 400 && status !== 500).toBe(true);
          },
        ),
        { numRuns: runs },
      );
      expect(await post("console.snapshot", "{}")).toMatchObject({ status: 200, answer: { ok: true } });
      expect(bridge.problems).toEqual([]);
    });
  });
});
