import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { electronBinary } from "../support/electron-binary";

/** What stands before the fuses in every Electron binary (docs/tutorial/fuses). */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const enabled = "1".charCodeAt(0);
const runAsNode = 0;

/** Electron security checklist, item 19. There is no package to flip fuses in yet: the runtime's own are looked at. */
describe("fuses of the runtime", () => {
  it("can be read, and let the embedded runners run as Node", async () => {
    const binary = await readFile(await electronBinary());
    const at = binary.indexOf(sentinel);
    expect(at).toBeGreaterThan(0);
    const wire = binary.subarray(at + sentinel.length);
    const [version, length = 0] = wire;
    expect(version).toBe(1);
    expect(length).toBeGreaterThanOrEqual(7);
    // Each embedded cycle is a process of its own, `ELECTRON_RUN_AS_NODE=1 electron out/main/cli.js …`.
    expect(wire[2 + runAsNode]).toBe(enabled);
  });
});
