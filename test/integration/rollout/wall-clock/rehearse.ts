import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { journalEntrySchema, type RolloutEvent } from "#contract/rollout/journal";
import type { RolloutView } from "#contract/rollout/view";
import type { PhaseId } from "#contract/rollout/vocabulary";
import { openRolloutDesk } from "../../../../main/rollout/desk/rollout-desk";
import { systemClock } from "../../../../main/system/clock";
import { openWorkspace } from "../../../../main/workspace/workspace";
import { waitMs } from "../../../support/limits";
import type { Random } from "../../../support/random";
import { RolloutWorkspace } from "../../../support/rollout/rollout-workspace";

/** What one process found: rollouts taken to complete, and every way in which a phase ended with too little evidence. */
export interface RehearsalReport {
  completed: number;
  promotions: number;
  jumps: number;
  violations: string[];
}

const soakMs = 120;
const checkIntervalMs = 100;

/**
 * Takes `runs` rollouts to complete through the real desk, over real files, while the wall clock is thrown two hours
 * back and forth at random moments. What is proven is measured twice, without the engine: on the monotonic clock from
 * outside, and from the checks of the journal.
 */
export async function rehearse(runs: number, atOnce: number, random: Random): Promise<RehearsalReport> {
  const report: RehearsalReport = { completed: 0, promotions: 0, jumps: 0, violations: [] };
  let left = runs;
  let over = false;
  const workers = Array.from({ length: atOnce }, async () => {
    while (left > 0) {
      left -= 1;
      await oneRollout(report, random);
    }
  });
  const throwing = (async () => {
    while (!over) {
      const offset = random.below(14_401) - 7_200;
      // The preloaded library looks here whenever it is asked for the time.
      process.env["FAKETIME"] = `${offset < 0 ? "" : "+"}${offset}s`;
      await wait(300 + random.below(1_200));
    }
  })();
  await Promise.all(workers);
  over = true;
  await throwing;
  return report;
}

async function oneRollout(report: RehearsalReport, random: Random): Promise<void> {
  const workspace = await RolloutWorkspace.create({ soakMs, checkIntervalMs });
  const stop = workspace.keepRunning(90);
  const entered = new Map<PhaseId, number>();
  const opened = await openWorkspace(workspace.path, systemClock);
  const desk = await openRolloutDesk({
    workspace: opened,
    mode: "host",
    surfaces: new Map(),
    clock: systemClock,
    runner: { nodeExecutable: process.execPath, cliEntry: "" },
    onProblem: (problem) => report.violations.push(problem),
  });
  try {
    const started = await desk.start(await workspace.startRequest());
    if (started.rollout === null) throw new Error(`not started: ${JSON.stringify(started.refusal)}`);
    const rolloutId = started.rollout.rolloutId;
    entered.set("preflight", monotonicMs());
    const giveUp = monotonicMs() + waitMs;
    for (;;) {
      const view = desk.state().latest;
      if (view === null || view.status === "complete" || monotonicMs() > giveUp) break;
      if (view.ended) throw new Error(`ended as ${view.status}: ${JSON.stringify(view.findings)}`);
      if (random.below(12) === 0) await pauseAndResume(desk, view);
      await wait(30 + random.below(100));
      // Now and then also when nothing says that it may be promoted.
      if (!mayPromote(view) && random.below(8) > 0) continue;
      const { outcome, rollout } = await desk.command({
        command: {
          command: "promote",
          rolloutId,
          revision: view.revision,
          reason: "as soon as it may be",
          freezeOverrideReason: null,
        },
      });
      if (outcome === "done" && rollout !== null) judge(report, entered, view.phase, rollout);
    }
    const last = desk.state().latest;
    if (last?.status === "complete") report.completed += 1;
    else report.violations.push(`never completed: ${last?.nextDecision}`);
    await desk.close();
    const path = workspace.file(".gatehouse", "rollouts", rolloutId, "journal.jsonl");
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    const events = lines.flatMap((line) => journalEntrySchema.parse(JSON.parse(line)).events);
    report.jumps += events.filter(({ type }) => type === "clock-jumped").length;
    report.violations.push(...tooLittleEvidence(events));
  } finally {
    await desk.close();
    await opened.dispose();
    await stop();
    await workspace.remove();
  }
}

async function pauseAndResume(desk: Desk, view: RolloutView): Promise<void> {
  const decided = { rolloutId: view.rolloutId, reason: "interrupted" };
  const { rollout } = await desk.command({
    command: { command: "pause", revision: view.revision, ...decided },
  });
  if (rollout?.paused)
    await desk.command({ command: { command: "resume", revision: rollout.revision, ...decided } });
}

/** From outside: a phase that was left has lasted at least its soak, on a clock nobody can set. */
function judge(
  report: RehearsalReport,
  entered: Map<PhaseId, number>,
  left: PhaseId,
  { phase, status }: RolloutView,
): void {
  const lastedMs = monotonicMs() - (entered.get(left) ?? Number.POSITIVE_INFINITY);
  report.promotions += 1;
  if (left !== "preflight" && !(lastedMs >= soakMs))
    report.violations.push(`${left} was left for ${status} after ${lastedMs} ms`);
  entered.set(phase, monotonicMs());
}

/** From the journal: time between consecutive passing checks of a phase, each gap at most two check intervals. */
function tooLittleEvidence(events: readonly RolloutEvent[]): string[] {
  const found: string[] = [];
  let phase: PhaseId = "preflight";
  let evidenceMs = 0;
  let passedAtMs: number | null = null;
  const leave = (next: string): void => {
    if (phase !== "preflight" && evidenceMs < soakMs)
      found.push(`${phase} was left for ${next} with ${evidenceMs} ms of evidence`);
    evidenceMs = 0;
    passedAtMs = null;
  };
  for (const event of events) {
    if (event.type === "phase-entered") {
      leave(event.phase);
      phase = event.phase;
    } else if (event.type === "rollout-completed") leave("complete");
    else if (event.type === "paused" || event.type === "resumed") passedAtMs = null;
    else if (event.type === "check-recorded") {
      const { monotonicMs: atMs } = event.observation.at;
      const passed = event.findings.length === 0;
      if (passed && passedAtMs !== null) evidenceMs += Math.min(atMs - passedAtMs, 2 * checkIntervalMs);
      if (!passed && event.findings.some(({ status }) => status === "failed")) evidenceMs = 0;
      passedAtMs = passed ? atMs : null;
    }
  }
  return found;
}

const mayPromote = ({ actions }: RolloutView): boolean =>
  actions.some(({ action, allowed }) => action === "promote" && allowed);

type Desk = Awaited<ReturnType<typeof openRolloutDesk>>;

const monotonicMs = (): number => Number(process.hrtime.bigint() / 1_000n) / 1_000;
