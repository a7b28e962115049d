import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { surfaceIds } from "#contract/identity";
import type { CellView, RolloutView } from "#contract/rollout/view";
import type { RuleId } from "#contract/rollout/vocabulary";
import { placeAfterKey, shownColumn } from "../../../renderer/src/features/rollout/matrix/grid-keys";
import { matrixRows, placeOfCell } from "../../../renderer/src/features/rollout/matrix/matrix-rows";
import { whyOld } from "../../../renderer/src/features/rollout/matrix/why-old";

const rule = (id: RuleId, demanded: boolean): RolloutView["rules"][number] => ({
  rule: id,
  title: id,
  demanded,
  source: "",
});
const cell = (id: RuleId, surface: CellView["surface"]): CellView => ({
  rule: id,
  surface,
  status: "passed",
  observed: "",
});

/** G4 and G9 demanded, G1 not; what comes from outside is in no order. */
const view = {
  phase: "canary-2" as const,
  rules: [rule("R-STALE", false), rule("G9", true), rule("G1", false), rule("G4", true)],
  cells: [
    cell("G9", null),
    ...surfaceIds.toReversed().map((surface) => cell("G4", surface)),
    cell("R-STALE", "voice"),
    cell("G1", null),
  ],
};

describe("matrix rows", () => {
  it("are the demanded and the standing rules, in the order of the rules, each surface in its column", () => {
    const rows = matrixRows(view, false);
    expect(rows.map((row) => [row.rule, row.scope, row.standing])).toEqual([
      ["G4", "surface", false],
      ["G9", "release", false],
      ["R-STALE", "surface", true],
    ]);
    expect(rows[0]?.cells.map(({ surface }) => surface)).toEqual(surfaceIds);
  });

  it("leave out in preflight what stands only for what the world was given", () => {
    const preflight = {
      phase: "preflight" as const,
      rules: [rule("R-HOOK", false), rule("R-BASELINE", false), rule("R-PAUSE", false), ...view.rules],
      cells: view.cells,
    };
    const standing = (all: boolean) =>
      matrixRows(preflight, all).flatMap((row) => (row.standing ? [row.rule] : []));
    expect(standing(false)).toEqual(["R-PAUSE", "R-HOOK"]);
    expect(standing(true)).toEqual(["R-PAUSE", "R-HOOK"]);
    expect(matrixRows(preflight, true).map((row) => row.rule)).toContain("R-STALE");
  });

  it("are all rules when asked for, and one that was never judged has no cell", () => {
    const unjudged = { ...view, rules: [...view.rules, rule("G2", false)] };
    const rows = matrixRows(unjudged, true);
    expect(rows.map((row) => [row.rule, row.cells.length])).toEqual([
      ["G1", 1],
      ["G2", 0],
      ["G4", 5],
      ["G9", 1],
      ["R-STALE", 1],
    ]);
  });

  it("say where a rule and surface stand", () => {
    const rows = matrixRows(view, false);
    expect(placeOfCell(rows, "G4", "dashboard")).toEqual({ row: 0, column: 2 });
    expect(placeOfCell(rows, "G9", null)).toEqual({ row: 1, column: 0 });
    expect(placeOfCell(rows, "G1", null)).toBeNull();
  });
});

describe("keys of the grid", () => {
  const columns = [5, 1, 5];
  const go = (...keys: readonly string[]) =>
    keys.reduce((place, key) => placeAfterKey(columns, place, key, false) ?? place, { row: 0, column: 3 });

  it("keep the column through a row about the whole release", () => {
    expect(go("ArrowDown")).toEqual({ row: 1, column: 3 });
    expect(shownColumn(columns, go("ArrowDown"))).toBe(0);
    expect(go("ArrowDown", "ArrowDown")).toEqual({ row: 2, column: 3 });
  });

  it("go from the shown cell sideways, and do not wrap", () => {
    expect(go("ArrowDown", "ArrowRight", "ArrowDown")).toEqual({ row: 2, column: 0 });
    expect(go("ArrowRight", "ArrowRight", "ArrowRight")).toEqual({ row: 0, column: 4 });
    expect(go("ArrowUp")).toEqual({ row: 0, column: 3 });
    expect(placeAfterKey(columns, { row: 1, column: 3 }, "Home", true)).toEqual({ row: 0, column: 0 });
    expect(placeAfterKey(columns, { row: 0, column: 0 }, "End", true)).toEqual({ row: 2, column: 4 });
    expect(placeAfterKey(columns, { row: 0, column: 0 }, "x", false)).toBeNull();
  });

  it("never leave the grid", () => {
    const key = fc.constantFrom("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End");
    const grid = fc.array(fc.constantFrom(1, 5), { minLength: 1, maxLength: 17 });
    fc.assert(
      fc.property(grid, fc.array(fc.tuple(key, fc.boolean())), (rows, keys) => {
        let place = { row: 0, column: 0 };
        for (const [pressed, whole] of keys) place = placeAfterKey(rows, place, pressed, whole) ?? place;
        expect(rows[place.row]).toBeGreaterThan(shownColumn(rows, place));
      }),
    );
  });
});

describe("age of the matrix", () => {
  const checked = {
    ended: false,
    checkIntervalMs: 1_000,
    lastCheck: { unixMs: 10_000, ofPhase: true } as RolloutView["lastCheck"],
  };

  it("is of the phase before until the present one has been checked", () => {
    const lastCheck = { ...checked.lastCheck, ofPhase: false } as RolloutView["lastCheck"];
    expect(whyOld({ ...checked, lastCheck }, true, 10_000)).toContain("of the phase before");
    expect(whyOld({ ...checked, lastCheck, ended: true }, true, 10_000)).toBeNull();
  });

  it("is old past two check intervals, and held while nothing is heard", () => {
    expect(whyOld(checked, true, 12_000)).toBeNull();
    expect(whyOld(checked, true, 12_001)).toContain("old check");
    expect(whyOld(checked, false, 10_000)).toContain("disconnected");
  });

  it("does not grow old once the rollout has ended", () => {
    expect(whyOld({ ...checked, ended: true }, true, 99_000)).toBeNull();
  });
});
