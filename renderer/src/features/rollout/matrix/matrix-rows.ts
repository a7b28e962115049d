import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { CellView, RolloutView } from "#contract/rollout/view";
import { ruleIds, standingRuleIds, type RuleId } from "#contract/rollout/vocabulary";

/** One row: a rule with one cell per surface, or a single one (`release`) for the release as a whole. */
export interface MatrixRow {
  readonly rule: RuleId;
  readonly title: string;
  readonly source: string;
  readonly demanded: boolean;
  readonly standing: boolean;
  readonly scope: "surface" | "release";
  readonly cells: readonly CellView[];
}

/** In preflight nothing is given to anyone yet: neither the age of evidence nor a baseline counts (§3 of rollout.md). */
const preflightStanding: readonly RuleId[] = ["R-PAUSE", "R-HOOK"];

function isStanding(rule: RuleId, phase: RolloutView["phase"]): boolean {
  const standing: readonly RuleId[] = phase === "preflight" ? preflightStanding : standingRuleIds;
  return standing.includes(rule);
}

/**
 * Rows of the matrix in the order of the rules: those that hold now (demanded gates and standing rules), or with `all`
 * every rule. A rule that no check has judged yet has no cells.
 */
export function matrixRows(view: Pick<RolloutView, "phase" | "rules" | "cells">, all: boolean): MatrixRow[] {
  const order = (rule: RuleId): number => ruleIds.indexOf(rule);
  return view.rules
    .filter(({ rule, demanded }) => all || demanded || isStanding(rule, view.phase))
    .toSorted((first, second) => order(first.rule) - order(second.rule))
    .map(({ rule, title, source, demanded }) => {
      const cells = view.cells.filter((cell) => cell.rule === rule);
      const scope = cells.some(({ surface }) => surface !== null) ? "surface" : "release";
      return {
        rule,
        title,
        source,
        demanded,
        standing: isStanding(rule, view.phase),
        scope,
        cells: scope === "release" ? cells.slice(0, 1) : bySurface(cells),
      };
    });
}

function bySurface(cells: readonly CellView[]): CellView[] {
  return surfaceIds.flatMap((surface) => cells.find((cell) => cell.surface === surface) ?? []);
}

/** Where a rule and surface stand in the rows; null when they are not shown. A release-wide rule has one place. */
export function placeOfCell(
  rows: readonly MatrixRow[],
  rule: RuleId,
  surface: SurfaceId | null,
): { readonly row: number; readonly column: number } | null {
  const row = rows.findIndex((known) => known.rule === rule);
  const cells = rows[row]?.cells ?? [];
  if (cells.length === 0) return null;
  const column = cells.findIndex((cell) => cell.surface === surface);
  return { row, column: Math.max(0, column) };
}
