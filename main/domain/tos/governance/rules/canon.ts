import type { GovernanceFinding } from "#contract/tos/governance";
import { wrongKind } from "../../view/document-problem";
import { documentMistakes, jobResultShape, phaseStateShape, phaseSummaryShape } from "../document-shapes";
import { finding, firstOf, keptUnless, type ProjectFacts, recordOf } from "../finding";
import type { ProgramFile, ProjectReading } from "../project-reading";
import { protectedPrograms } from "../programs";

/** Rules of the canonical context that a program can decide (spec/tos/governance.md §3). */
export function canonicalRules({ reading }: ProjectFacts): GovernanceFinding[] {
  return [
    configuration("G20", reading),
    configuration("G21", reading),
    programs("G23", reading.programs),
    programs("G24", reading.programs),
    forms(reading),
  ];
}

function configuration(rule: "G20" | "G21", { config }: ProjectReading): GovernanceFinding {
  const { file, check } = config;
  if (file.state !== "read" || check.unreadable !== "") {
    const missing = `${file.path}: expected the configuration, found no file`;
    return finding(rule, {
      status: "unknown",
      details: [file.state === "missing" ? missing : file.problem || check.unreadable],
    });
  }
  const details = check.findings.filter((problem) => problem.rule === rule).map(({ text }) => text);
  return finding(
    rule,
    keptUnless(details, details[0] === undefined ? null : recordOf(file.path, details[0])),
  );
}

function programs(rule: "G23" | "G24", found: readonly ProgramFile[]): GovernanceFinding {
  const ours = protectedPrograms.filter((program) => program.rule === rule);
  const present = found.filter(
    ({ path, state }) => state !== "missing" && ours.some((one) => one.path === path),
  );
  if (present.length === 0)
    return finding(rule, {
      status: "not-applicable",
      details: [`not in this project: ${ours.map(({ path }) => path).join(", ")}`],
    });
  const unreadable = present.filter(({ state }) => state === "unreadable");
  const changed = present.flatMap(({ path, blobId }) => {
    const expected = ours.find((program) => program.path === path)?.blobId ?? "";
    if (blobId === null || blobId === expected) return [];
    return [`${path}: expected the published file (git blob ${expected}), found blob ${blobId}`];
  });
  const first = changed[0];
  if (first !== undefined)
    return finding(rule, {
      status: "broken",
      details: [...changed, ...unreadable.map(({ problem }) => problem)],
      record: recordOf(first.split(":", 1)[0] ?? "", first),
    });
  if (unreadable.length > 0)
    return finding(rule, { status: "unknown", details: unreadable.map(({ problem }) => problem) });
  return finding(rule, { status: "kept", details: [] });
}

function forms(reading: ProjectReading): GovernanceFinding {
  const details = [
    ...jobInputForm(reading),
    ...documentMistakes(reading.phaseState, phaseStateShape),
    ...reading.steps.flatMap(({ row, shape }) => (row.problem === "" ? shape : [row.problem])),
    ...documentMistakes(reading.phaseSummary, phaseSummaryShape),
    ...documentMistakes(reading.jobResult, jobResultShape),
  ];
  if (details.length === 0 && reading.stepsProblem !== "")
    return finding("G27", { status: "unknown", details: [reading.stepsProblem] });
  return finding(
    "G27",
    keptUnless(firstOf(details, 20), details[0] === undefined ? null : recordFor(details[0])),
  );
}

function jobInputForm({ jobInput, config }: ProjectReading): string[] {
  if (jobInput === null || !config.check.config.jobLoop.enabled || jobInput.state === "missing") return [];
  const problem = jobInput.problem || wrongKind(jobInput);
  return problem === "" ? [] : [problem];
}

/** Every line begins with the file it is about. */
function recordFor(line: string): NonNullable<GovernanceFinding["record"]> {
  return recordOf(line.split(":", 1)[0] ?? "", line);
}
