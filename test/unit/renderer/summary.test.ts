import { describe, expect, it } from "vitest";
import { freshnessStatuses, type EventLogView } from "#contract/reading";
import { healthStates } from "#contract/identity";
import type { SurfaceView } from "#contract/view";
import {
  displayStatus,
  statusTone,
  worstStatus,
  type DisplayStatus,
} from "../../../renderer/src/state/display-status";
import { advanced, noRecentCycles, stripLength, withRows } from "../../../renderer/src/state/recent-cycles";
import { summariseGates, windowTitle } from "../../../renderer/src/state/summary";

/** The parts of a view that the summary reads. */
function view(
  surface: string,
  gate: string,
  healthState: string,
  status = "fresh",
  title?: string,
): SurfaceView {
  const holds = title === undefined ? [] : [{ title }];
  return { reading: { surface, gate, healthState, holds, freshness: { status } } } as unknown as SurfaceView;
}

describe("display status", () => {
  it("looks healthy, degraded or failing only when the source is fresh", () => {
    for (const status of freshnessStatuses)
      for (const healthState of healthStates) {
        const shown = displayStatus({ healthState, freshness: { status } as never });
        expect(shown).toBe(status === "fresh" ? healthState : status);
        if (status !== "fresh") expect(statusTone(shown)).toBe("stale");
      }
  });

  it("ranks what fails over what is unknown over what is well", () => {
    const ranks: DisplayStatus[] = ["healthy", "degraded", "stale", "unreadable", "failing"];
    for (let length = 1; length <= ranks.length; length += 1)
      expect(worstStatus(ranks.slice(0, length))).toBe(ranks[length - 1]);
    expect(worstStatus([])).toBeNull();
  });
});

describe("summary", () => {
  const views = [
    view("voice", "pass", "healthy"),
    view("memory", "hold", "failing", "fresh", "Three bad cycles in a row"),
    view("dashboard", "hold", "healthy", "stale"),
  ];

  it("counts gates and names each hold with its first reason", () => {
    expect(summariseGates(views)).toEqual({
      pass: 1,
      hold: 2,
      held: [
        { surface: "memory", label: "Memory", why: "Three bad cycles in a row" },
        { surface: "dashboard", label: "Dashboard", why: "Stale" },
      ],
    });
  });

  it("puts the worst state first in the title, and nothing but the loss when disconnected", () => {
    expect(windowTitle(views, "Harbor", true, null, "")).toBe("Failing · 2 hold · Harbor · Gatehouse");
    expect(windowTitle(views.slice(0, 1), "Harbor", true, null, "")).toBe(
      "Healthy · 1 pass · Harbor · Gatehouse",
    );
    expect(windowTitle(views, "Harbor", false, null, "")).toBe("Disconnected · Harbor · Gatehouse");
  });
});

describe("strip of recent cycles", () => {
  const cycle = { healthState: "degraded", timestampUnixMs: 7, failed: 1 } as never;
  const log = (lines: number, lastLine: number | null, generation = 0): EventLogView =>
    ({ generation, lines, lastCycle: cycle, lastCycleRecord: { line: lastLine } }) as unknown as EventLogView;
  const three = withRows(
    noRecentCycles,
    0,
    [1, 2, 3].map((line) => ({ line, cycle })),
  );

  it("takes one more valid line from the view, and asks for rows otherwise", () => {
    expect(advanced(three, log(3, 3))).toBe(three);
    expect(advanced(three, log(4, 4))?.ticks.map((tick) => tick.line)).toEqual([1, 2, 3, 4]);
    expect(advanced(three, log(4, 3))).toBeNull();
    expect(advanced(three, log(5, 5))).toBeNull();
    expect(advanced(three, log(4, 4, 1))).toBeNull();
  });

  it("keeps the newest lines, each once, an invalid one as such", () => {
    const rows = Array.from({ length: 100 }, (_, index) => ({ line: 100 - index, cycle: null }));
    const { ticks } = withRows(three, 0, rows);
    expect(ticks.map((tick) => tick.line)).toEqual(
      Array.from({ length: stripLength }, (_, index) => 41 + index),
    );
    expect(new Set(ticks.map((tick) => tick.status))).toEqual(new Set(["invalid"]));
    expect(withRows(three, 1, rows.slice(0, 1)).ticks).toHaveLength(1);
  });
});
