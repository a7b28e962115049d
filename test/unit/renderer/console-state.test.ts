import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OutputLine } from "#contract/driver";
import type { StreamMessage } from "#contract/events";
import type { RolloutView } from "#contract/rollout/view";
import { initialConsoleState, withMessages, withSnapshot } from "../../../renderer/src/state/console-state";
import { mergeOutput } from "../../../renderer/src/state/output-lines";

const workspace = { name: "w", path: "/w", settingsPath: "s", demo: false, settingsErrors: [] };
const snapshot = {
  sequence: 10,
  nowUnixMs: 5_000,
  version: "1",
  workspace,
  surfaces: [],
  rollout: { latest: null },
  tos: { view: null, problem: "" },
};
const begun = withSnapshot(initialConsoleState, snapshot, 4_000);

const renamed = (sequence: number): StreamMessage => ({
  sequence,
  name: "workspace.changed",
  payload: { ...workspace, name: `w${sequence}` },
});
const line = (number: number): OutputLine => ({ number, stream: "stdout", text: String(number), unixMs: 0 });

describe("console state", () => {
  it("keeps the host's clock and sequence of a snapshot", () => {
    expect(begun).toMatchObject({ sequence: 10, clockOffsetMs: 1_000, workspace });
  });

  it("keeps the rollout as it was last announced, and loses no place in the sequence by a notice", () => {
    const notice = { id: "1", kind: "hold", unixMs: 0, title: "", body: "", place: "#/rollout" } as const;
    const rolloutId = "20261121T034200Z-1f3a";
    const latest = { rolloutId } as RolloutView;
    const { state, missed } = withMessages(begun, [
      { sequence: 11, name: "rollout.changed", payload: { latest } },
      { sequence: 12, name: "notice.raised", payload: notice },
    ]);
    expect([begun.rollout.latest, state.rollout.latest?.rolloutId, state.sequence, missed]).toEqual([
      null,
      rolloutId,
      12,
      false,
    ]);
  });

  it("applies what follows, drops what it has, and asks for a snapshot when something is missing", () => {
    const followed = withMessages(begun, [renamed(9), renamed(10), renamed(11), renamed(12)]);
    expect([followed.state.sequence, followed.state.workspace?.name, followed.missed]).toEqual([
      12,
      "w12",
      false,
    ]);
    const gap = withMessages(begun, [renamed(11), renamed(13), renamed(14)]);
    expect([gap.state.sequence, gap.state.workspace?.name, gap.missed]).toEqual([11, "w11", true]);
    const reset = withMessages(begun, [
      { sequence: 0, name: "reset", payload: { reason: "another host" } },
      renamed(11),
    ]);
    expect([reset.state, reset.missed]).toEqual([begun, true]);
  });

  it("starts a new run's output afresh", () => {
    const output = (sequence: number, runId: string, number: number): StreamMessage => ({
      sequence,
      name: "run.output",
      payload: { surface: "voice", runId, lines: [line(number)] },
    });
    const { state } = withMessages(begun, [output(11, "a", 1), output(12, "a", 2), output(13, "b", 1)]);
    expect(state.outputs.voice).toEqual({ runId: "b", lines: [line(1)] });
  });
});

describe("lines of output", () => {
  it("are each there once, in order, the newest kept, however they come", () => {
    const batch = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 8 }), (batches) => {
        const merged = batches.reduce<readonly OutputLine[]>(
          (known, numbers) => mergeOutput(known, [...numbers].sort((a, b) => a - b).map(line), 1_000),
          [],
        );
        const expected = [...new Set(batches.flat())].sort((a, b) => a - b);
        expect(merged.map(({ number }) => number)).toEqual(expected);
      }),
    );
    expect(mergeOutput([line(1), line(2)], [line(3)], 2)).toEqual([line(2), line(3)]);
  });
});
