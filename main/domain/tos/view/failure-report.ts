import type { Reaction } from "#contract/tos/governance";
import type { RepositoryView } from "#contract/tos/repository";
import type { TosRunView } from "#contract/tos/progress";
import type { ProjectReading, TextFile } from "../governance/project-reading";
import { reactionsOf } from "../governance/reactions";
import { isTruthy } from "../orchestration/python-values";
import { cutAfter } from "../orchestration/truncate";
import { objectOf, wordsOf } from "./foreign";
import { jobLoopView } from "./job-loop";

/** The machine, for whoever reads the report; each in words, for example `git 2.39.5`. */
export interface MachineFacts {
  readonly system: string;
  readonly powershell: string;
  readonly python: string;
  readonly git: string;
}

/** What a report is made from. */
export interface ReportFacts {
  readonly reading: ProjectReading;
  readonly repository: RepositoryView;
  /** Newest first. */
  readonly runs: readonly TosRunView[];
  readonly now: number;
  /** Local time, `YYYY-MM-DD HH:MM`. */
  readonly reportedAt: string;
  readonly operator: string;
  readonly machine: MachineFacts;
  /** The newest step log; null when there is none. */
  readonly latestStep: TextFile | null;
}

/** Levels of escalation (spec/tos/governance.md §7). */
const levels: Readonly<Record<number, string>> = { 1: "1 軽微", 2: "2 重大", 3: "3 停止" };
/** Characters of an attached file that are shown. */
const maximumAttached = 100_000;
const unknown = "（不明）";

/**
 * The failure report, its labels as the template has them (spec/tos/governance.md §7), filled in as far as the files tell:
 * what a person must add is left open. Markdown.
 */
export function failureReport(facts: ReportFacts): string {
  const { reading, repository, runs, machine } = facts;
  const reactions = reactionsOf(facts).filter(({ gravity }) => gravity !== "normal");
  const run = runs.find(({ state }) => state === "ended" || state === "vanished") ?? null;
  const job = jobOf(reading);
  return [
    "# 障害報告",
    section("基本情報", [
      `- 報告日時: ${facts.reportedAt}`,
      `- 報告者: ${facts.operator}`,
      `- commit hash: ${repository.head?.hash ?? unknown}`,
      `- mode: ${run?.operation ?? unknown}`,
      `- job_index: ${job.index}`,
      `- job_name: ${job.name}`,
    ]),
    section(
      "症状",
      reactions.length === 0 ? [""] : reactions.map(({ title, guidance }) => `- ${title}: ${guidance}`),
    ),
    section("再現手順", run === null ? ["1. "] : [`1. ${commandOf(run)}`, "2. "]),
    section("エラーメッセージ", fenced(errorsOf(reading, run))),
    section("添付ログ", [
      ...attached("last_run_summary.json", reading.lastRun.json),
      ...attached("last_run_summary.txt", reading.lastRun.text),
      ...attached("step_*.json（直近）", facts.latestStep),
    ]),
    section("環境情報", [
      `- OS: ${machine.system}`,
      `- PowerShell: ${machine.powershell}`,
      `- Python: ${machine.python}`,
      `- git: ${machine.git}`,
    ]),
    section("対処済みの内容", [""]),
    section("備考", remarksOf(facts, reactions)),
  ].join("\n");
}

function section(title: string, lines: readonly string[]): string {
  return ["", `## ${title}`, "", ...lines].join("\n");
}

/** Which job it was about: as the launcher tells it, the finished one (spec/tos/launcher.md §5). */
function jobOf(reading: ProjectReading): { index: string; name: string } {
  const loop = objectOf(objectOf(reading.phaseSummary.value)?.get("job_loop"));
  const told = loop?.get("current_job_index");
  const view = jobLoopView(reading);
  const index = told !== undefined && isTruthy(told) ? wordsOf(told) : String(view.jobIndex ?? "-");
  return { index, name: wordsOf(loop?.get("job_name")) || view.jobName };
}

function commandOf(run: TosRunView): string {
  const subject = run.subject === "" ? "" : ` (${run.subject})`;
  return `${run.operation}${run.clean && run.operation !== "cleanrun" ? " -Clean" : ""}${subject}`;
}

function errorsOf({ phaseState, phaseSummary, steps }: ProjectReading, run: TosRunView | null): string[] {
  const stopped = steps.findLast(({ row }) => row.stopped)?.row;
  const lines = [
    wordsOf(objectOf(phaseState.value)?.get("last_done_reason")),
    wordsOf(objectOf(phaseSummary.value)?.get("end_reason")),
    run?.endReason ?? "",
    stopped === undefined ? "" : `${stopped.file} stopped=true phase=${stopped.phase}: ${stopped.reason}`,
    phaseState.problem,
  ];
  return [...new Set(lines.filter((line) => line !== ""))];
}

function attached(label: string, file: TextFile | null): string[] {
  if (file === null || file.state === "missing") return [`### ${label}`, "", "（なし）", ""];
  const name = label.includes("*") ? `${label}: ${file.path}` : label;
  if (file.state !== "read") return [`### ${name}`, "", file.problem, ""];
  return [`### ${name}`, "", ...fenced([cutAfter(file.text.trim(), maximumAttached, "…")]), ""];
}

/** A fence longer than any inside. */
function fenced(lines: readonly string[]): string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, ...lines, fence];
}

function remarksOf({ reading, repository }: ReportFacts, reactions: readonly Reaction[]): string[] {
  const level = Math.max(0, ...reactions.map((reaction) => reaction.level ?? 0));
  const phase = objectOf(reading.phaseState.value);
  return [
    ...(levels[level] === undefined ? [] : [`- レベル（提案）: ${levels[level]}`]),
    ...(phase === null
      ? []
      : [
          `- phase_state: ${wordsOf(phase.get("current_phase"))} step=${wordsOf(phase.get("current_step"))} job_index=${wordsOf(phase.get("job_index"))}`,
        ]),
    `- git status: ${repository.state}, ${repository.changeCount} changed`,
    "",
  ];
}
