import fc from "fast-check";
import { expect, it } from "vitest";
import type { ProgressEntry } from "#contract/tos/progress";
import { TosProgressBuffer } from "../../../main/host/tos-progress-buffer";

const entry = (sequence: number): ProgressEntry => ({
  sequence,
  unixMs: 0,
  event: { kind: "line", stream: "stdout", text: String(sequence) },
});

it("hands over what runs report in order, once, in events of bounded size", () => {
  const reports = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.integer({ min: 0, max: 500 })), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(reports, fc.nat({ max: 12 }), (given, takenAfter) => {
      const buffer = new TosProgressBuffer();
      const told: Record<string, number[]> = { a: [], b: [], c: [] };
      const taken: Record<string, number[]> = { a: [], b: [], c: [] };
      const take = (): void => {
        for (const { runId, entries } of buffer.take()) {
          expect(entries.length).toBeGreaterThan(0);
          expect(entries.length).toBeLessThanOrEqual(200);
          taken[runId]?.push(...entries.map(({ sequence }) => sequence));
        }
      };
      for (const [index, [runId, count]] of given.entries()) {
        const from = told[runId]?.length ?? 0;
        const entries = Array.from({ length: count }, (_, offset) => entry(from + offset + 1));
        told[runId]?.push(...entries.map(({ sequence }) => sequence));
        buffer.add(runId, entries);
        if (index === takenAfter) take();
      }
      take();
      take();
      expect(taken).toEqual(told);
    }),
  );
});
