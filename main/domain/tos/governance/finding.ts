import type { RecordReference } from "#contract/reading";
import type { GovernanceFinding } from "#contract/tos/governance";
import type { RepositoryView } from "#contract/tos/repository";
import type { TosRunView } from "#contract/tos/progress";
import type { GovernanceRuleId } from "#contract/tos/vocabulary";
import { cutAfter } from "../orchestration/truncate";
import type { ProjectReading } from "./project-reading";
import { ruleTexts } from "./rule-texts";

/** What the rules judge. */
export interface ProjectFacts {
  readonly reading: ProjectReading;
  readonly repository: RepositoryView;
  /** Newest first. */
  readonly runs: readonly TosRunView[];
  readonly now: number;
}

/** How one rule stands. */
export interface Verdict {
  readonly status: GovernanceFinding["status"];
  readonly details: readonly string[];
  readonly record?: RecordReference | null;
}

/** A rule with its verdict. */
export function finding(
  rule: GovernanceRuleId,
  { status, details, record = null }: Verdict,
): GovernanceFinding {
  const { title, source, class: ruleClass } = ruleTexts[rule];
  return { rule, class: ruleClass, title, source, status, details: [...details], record };
}

/** `kept` with nothing found, `broken` with what was. */
export function keptUnless(details: readonly string[], record: RecordReference | null = null): Verdict {
  return details.length === 0 ? { status: "kept", details: [] } : { status: "broken", details, record };
}

/** The record that decided: a file, and what it says (at most 2,000 characters). */
export function recordOf(path: string, text: string): RecordReference {
  return { path, line: null, byteOffset: null, text: cutAfter(text, 1_999, "…") };
}

/** A moment in words, in UTC. */
export function momentOf(unixMs: number): string {
  return new Date(unixMs).toISOString().replace(/\.\d+Z$/, "Z");
}

/** A list cut to a number of lines, with how many more there are. */
export function firstOf(lines: readonly string[], count: number): string[] {
  return lines.length <= count ? [...lines] : [...lines.slice(0, count), `and ${lines.length - count} more`];
}
