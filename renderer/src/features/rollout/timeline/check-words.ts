import { surfaceIds, surfaceLabels } from "#contract/identity";
import type { CheckRecord } from "#contract/rollout/journal";
import type { Finding, RuleVerdict } from "#contract/rollout/verdict";
import type { CellStatus } from "#contract/rollout/vocabulary";
import { formatDuration } from "../../../format/duration";
import type { StatusTone } from "../../../state/display-status";

/** What the soak says of a check. */
export function soakWords(soak: CheckRecord["soak"]): string {
  switch (soak.outcome) {
    case "counted":
      return `${formatDuration(soak.addedMs)} counted, ${formatDuration(soak.creditedMs)} in all`;
    case "started":
      return `time counts from here, ${formatDuration(soak.creditedMs)} so far`;
    case "held":
      return `nothing counts, ${formatDuration(soak.creditedMs)} kept`;
    case "restarted":
      return "soak restarted at 0";
    case "none":
      return "";
  }
}

/** Rules that hold, each with its surfaces: `G5 Voice, Memory`. */
export function holdingRules(findings: readonly Finding[]): readonly string[] {
  const surfacesOf = new Map<string, Set<string>>();
  for (const finding of findings) {
    const surfaces = surfacesOf.get(finding.rule) ?? new Set<string>();
    if (finding.surface !== null) surfaces.add(surfaceLabels[finding.surface]);
    surfacesOf.set(finding.rule, surfaces);
  }
  return [...surfacesOf].map(([rule, surfaces]) =>
    surfaces.size === 0
      ? rule
      : `${rule} ${surfaceIds.length === surfaces.size ? "all" : [...surfaces].join(", ")}`,
  );
}

/** One check in two lines: whether everything passed or what held, and what became of the soak. */
export function checkWords(check: CheckRecord): {
  readonly tone: StatusTone;
  readonly title: string;
  readonly note: string;
} {
  const rules = holdingRules(check.findings);
  const failed = check.findings.some(({ status }) => status === "failed");
  const outcome = rules.length === 0 ? "every gate passed" : `held by ${rules.join("; ")}`;
  const purpose = { scheduled: "", manual: " by hand", promotion: " for a promotion" }[check.trigger];
  return {
    tone: rules.length === 0 ? "healthy" : failed ? "failing" : "degraded",
    title: `Check ${check.check}${purpose}: ${outcome}`,
    note: soakWords(check.soak),
  };
}

/** One mark of the strip: `other` did not pass, but nothing demanded it. */
export interface StripMark {
  readonly rule: RuleVerdict["rule"];
  readonly status: CellStatus | "other";
}

const gravity: Readonly<Record<CellStatus, number>> = {
  failed: 5,
  unreadable: 4,
  missing: 3,
  stale: 2,
  "no-samples": 1,
  passed: 0,
};

/** The gate vector as marks, one per rule: the gravest of its statuses; a rule without finding holds nothing. */
export function stripMarks(check: Pick<CheckRecord, "verdicts" | "findings">): readonly StripMark[] {
  const holding = new Set<string>(check.findings.map(({ rule }) => rule));
  return check.verdicts.map(({ rule, statuses }) => {
    let worst: CellStatus = "passed";
    for (const status of statuses) if (gravity[status] > gravity[worst]) worst = status;
    return { rule, status: worst === "passed" || holding.has(rule) ? worst : "other" };
  });
}
