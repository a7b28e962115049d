import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreamMessage } from "#contract/events";
import type { ProgressEntry, ProgressEvent } from "#contract/tos/progress";
import {
  emptyLog,
  extendedLog,
  filteredRows,
  logRows,
} from "../../../renderer/src/features/tos/run/log-rows";
import { initialConsoleState, withMessages } from "../../../renderer/src/state/console-state";
import { keptProgressRuns, withProgress, type TosProgress } from "../../../renderer/src/state/tos-progress";

const entry = (sequence: number, event: ProgressEvent): ProgressEntry => ({
  sequence,
  unixMs: sequence,
  event,
});
const line = (sequence: number, text = `line ${sequence}`): ProgressEntry =>
  entry(sequence, { kind: "line", stream: "stdout", text });
const output = (
  sequence: number,
  text: string,
  stream: "stdout" | "stderr" = "stdout",
  index = 0,
): ProgressEntry => entry(sequence, { kind: "command-output", step: 1, index, stream, text });
const texts = (entries: readonly ProgressEntry[]): string[] => logRows(entries).map(({ text }) => text);

describe("progress of runs in the window", () => {
  it("has each entry once and in order, however announcements and answers overlap", () => {
    const batch = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 8 }), (batches) => {
        const merged = batches.reduce<TosProgress>(
          (known, numbers) =>
            withProgress(
              known,
              "a",
              [...numbers].sort((x, y) => x - y).map((n) => line(n)),
            ),
          {},
        );
        const expected = [...new Set(batches.flat())].sort((x, y) => x - y);
        expect((merged["a"] ?? []).map(({ sequence }) => sequence)).toEqual(expected);
      }),
    );
  });

  it("lets the oldest output go first, and never what the run did before it", () => {
    const talkative = [
      line(1),
      line(2),
      ...Array.from({ length: 20 }, (_, index) => output(index + 3, "x\n")),
    ];
    const kept = withProgress({}, "a", [...talkative, line(23)], 8)["a"] ?? [];
    expect(kept.map(({ sequence }) => sequence)).toEqual([1, 2, 18, 19, 20, 21, 22, 23]);
    const told = withProgress(
      {},
      "a",
      Array.from({ length: 9 }, (_, index) => line(index + 1)),
      4,
    )["a"];
    expect(told?.map(({ sequence }) => sequence)).toEqual([6, 7, 8, 9]);
  });

  it("keeps the runs that were mentioned last", () => {
    const ids = ["a", "b", "c", "a", "d"];
    const known = ids.reduce<TosProgress>(
      (progress, id, index) => withProgress(progress, id, [line(index)]),
      {},
    );
    expect(Object.keys(known)).toEqual(["c", "a", "d"]);
    expect(Object.keys(known)).toHaveLength(keptProgressRuns);
    expect(known["a"]?.map(({ sequence }) => sequence)).toEqual([0, 3]);
  });

  it("follows what the host announces of the project and its runs", () => {
    const messages: StreamMessage[] = [
      { sequence: 1, name: "tos.changed", payload: { view: null, problem: "gone" } },
      { sequence: 2, name: "tos.progressed", payload: { runId: "a", entries: [line(1)] } },
      { sequence: 3, name: "tos.progressed", payload: { runId: "a", entries: [line(2)] } },
    ];
    const { missed, state } = withMessages(initialConsoleState, messages);
    expect([missed, state.sequence, state.tos.problem]).toEqual([false, 3, "gone"]);
    expect(state.tosProgress["a"]?.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });
});

describe("lines of a run", () => {
  it("are those of the output, wherever its pieces were cut and whatever came between", () => {
    const whole = fc.array(fc.stringMatching(/^[a-zあ 合]{0,12}$/), { minLength: 1, maxLength: 12 });
    const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(whole, cuts, fc.constantFrom("\n", "\r\n"), (lines, sizes, lineEnd) => {
        const text = lines.map((each) => `${each}${lineEnd}`).join("");
        const entries: ProgressEntry[] = [];
        for (let at = 0, turn = 0; at < text.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          entries.push(output(entries.length, text.slice(at, at + size)));
          entries.push(output(entries.length, "!", "stderr", 1));
          at += size;
        }
        const rows = logRows(entries).filter(({ tag }) => tag === "out");
        expect(rows.map((row) => row.text)).toEqual(lines);
        // Piece by piece it comes to the same as all at once.
        let log = emptyLog;
        for (let count = 1; count <= entries.length; count += 1)
          log = extendedLog(log, entries.slice(0, count));
        expect(log.rows).toEqual(logRows(entries));
      }),
    );
  });

  it("are the same object while nothing is new, and made anew when what was before arrives late", () => {
    const late = [line(5), line(6)];
    const log = extendedLog(emptyLog, late);
    expect(extendedLog(log, late)).toBe(log);
    const all = [line(1), line(2), ...late, line(7)];
    expect(extendedLog(log, all).rows.map(({ text }) => text)).toEqual(texts(all));
    expect(extendedLog(log, all).rows).toHaveLength(5);
    // The front was let go of in between: what was told already stays.
    expect(extendedLog(log, [line(6), line(7)]).rows.map(({ text }) => text)).toEqual([
      "line 5",
      "line 6",
      "line 7",
    ]);
  });

  it("are kept up to a number, the newest, and none is longer than can be drawn", () => {
    const log = extendedLog(
      emptyLog,
      [output(1, Array.from({ length: 50 }, (_, n) => `${n}\n`).join(""))],
      10,
    );
    expect([log.rows.length, log.dropped, log.rows[0]?.text]).toEqual([10, 40, "40"]);
    const unbroken = "x".repeat(9_000);
    const rows = logRows([output(1, unbroken), output(2, unbroken)]);
    expect(Math.max(...rows.map(({ text }) => text.length))).toBeLessThanOrEqual(4_000);
    expect(rows.map(({ text }) => text).join("")).toBe(unbroken + unbroken);
  });

  it("say allow and deny with their reason, retries with their wait, and the end with its code", () => {
    const judged = { type: "bash", code: "x", matched: null };
    const entries = [
      entry(1, {
        kind: "commands-judged",
        step: 1,
        commands: [
          { ...judged, index: 0, allowed: true, reason: "allowlist通過" },
          { ...judged, index: 1, allowed: false, reason: "deny_if_contains 'x' に一致" },
        ],
      }),
      entry(2, { kind: "model-failed", step: 1, role: "review", detail: "HTTP 529", retryAfterMs: 2_000 }),
      entry(3, {
        kind: "command-ended",
        step: 1,
        index: 0,
        outcome: "exited",
        returnCode: 1,
        detail: "",
        droppedBytes: 2_048,
      }),
      entry(4, { kind: "ended", exitCode: 1, endReason: "deny: all" }),
    ];
    const rows = logRows(entries);
    expect(rows.map(({ tag, text }) => `${tag} ${text}`)).toEqual([
      "allow command 1 bash: allowlist通過",
      "deny command 2 bash: deny_if_contains 'x' に一致",
      "model review failed: HTTP 529; next attempt in 2 s",
      "end command 1 ended with 1; 2.0 KiB of output dropped",
      "ended exit code 1: deny: all",
    ]);
    expect(filteredRows(rows, "models").map(({ tag }) => tag)).toEqual(["model"]);
    expect(filteredRows(rows, "all")).toBe(rows);
  });
});
