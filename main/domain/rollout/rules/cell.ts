import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { RecordReference } from "#contract/reading";
import type { Observation, SurfaceSample } from "#contract/rollout/observation";
import type { Finding } from "#contract/rollout/verdict";
import type { CellStatus, RuleId } from "#contract/rollout/vocabulary";
import type { RolloutState } from "../state";

/** What a rule judges: the rollout before the check, what the check saw, and the count of unhealthy checks with it. */
export interface RuleContext {
  readonly state: RolloutState;
  readonly observation: Observation;
  readonly unhealthyChecks: RolloutState["unhealthyChecks"];
}

/** Why something does not pass, before it is put down to a rule and a surface. */
export type Reason = Omit<Finding, "rule" | "surface">;

/** What a rule says of one surface, or of the release, when nothing is wrong; and everything that is wrong. */
export interface Judgement {
  readonly expected: string;
  readonly observed: string;
  readonly record: RecordReference | null;
  readonly reasons: readonly Reason[];
}

/** One judged cell of the matrix. `expected` and `observed` are those of the first reason where there is one. */
export interface JudgedCell {
  readonly surface: SurfaceId | null;
  readonly status: CellStatus;
  readonly expected: string;
  readonly observed: string;
  readonly record: RecordReference | null;
  readonly findings: readonly Finding[];
}

/** Judges every cell of one rule: five in the order of `surfaceIds`, or a single one for the release. */
export type Rule = (context: RuleContext) => readonly JudgedCell[];

/** Findings kept of one rule and surface. */
export const maximumFindings = 20;

/**
 * What is gravest first: evidence against the release, then the four ways to have none. The gravest names a cell that
 * has several reasons.
 */
export const statusGravity = ["failed", "unreadable", "missing", "stale", "no-samples"] as const;

/** The place of a file that is not there, or of one that is meant as a whole. */
export const wholeFile = (path: string): RecordReference => ({
  path,
  line: null,
  byteOffset: null,
  text: "",
});

function cellOf(rule: RuleId, surface: SurfaceId | null, judgement: Judgement): JudgedCell {
  const reasons = judgement.reasons.slice(0, maximumFindings);
  const status = statusGravity.find((one) => judgement.reasons.some((reason) => reason.status === one));
  const decisive = reasons.find((reason) => reason.status === status) ?? judgement;
  return {
    surface,
    status: status ?? "passed",
    expected: decisive.expected,
    observed: decisive.observed,
    record: decisive.record,
    findings: reasons.map((reason) => ({ ...reason, rule, surface })),
  };
}

/** A rule about the release as a whole. */
export const releaseRule =
  (rule: RuleId, judge: (context: RuleContext) => Judgement): Rule =>
  (context) => [cellOf(rule, null, judge(context))];

/** A rule judged for each surface. */
export const surfaceRule =
  (rule: RuleId, judge: (sample: SurfaceSample, context: RuleContext) => Judgement): Rule =>
  (context) =>
    surfaceIds.map((surface) =>
      cellOf(rule, surface, judge(sampleOf(context.observation, surface), context)),
    );

/** The sample of a surface. Fails for an observation without it, which is none of this contract's. */
export function sampleOf(observation: Observation, surface: SurfaceId): SurfaceSample {
  const sample = observation.surfaces.find((candidate) => candidate.surface === surface);
  if (sample === undefined) throw new Error(`the observation has no sample of ${surface}`);
  return sample;
}
