import { onTestFinished } from "vitest";
import type { ProgressEntry, TosRunView } from "#contract/tos/progress";
import type { Acknowledgement } from "#contract/tos/progress";
import type { RuleNotice, TosView } from "#contract/tos/view";
import type { TosOperation } from "#contract/tos/vocabulary";
import type { TosDesk } from "../../../../main/host/ports";
import { ownRunner } from "../../../../main/host/program-root";
import { systemClock } from "../../../../main/system/clock";
import { openTosDesk, type TosDeskOptions } from "../../../../main/tos/desk/tos-desk";
import { openWorkspace } from "../../../../main/workspace/workspace";
import { waitUntil } from "../../../support/wait-until";

/** A desk on a workspace, and what it has announced. */
export interface WatchedDesk {
  readonly desk: TosDesk;
  readonly problems: readonly string[];
  /** What was announced of a run, in order. */
  progressOf(runId: string): readonly ProgressEntry[];
  /** How often the state was announced. */
  readonly announcements: () => number;
  view(): TosView;
  /** Resolves with the first view that fits. */
  until(what: string, fits: (view: TosView) => boolean): Promise<TosView>;
  run(runId: string): TosRunView | null;
  ended(runId: string): Promise<TosRunView>;
  /** Acknowledges every rule that stands in the way of an operation now. */
  acknowledge(operation: TosOperation): readonly Acknowledgement[];
  close(): Promise<void>;
}

export async function openDesk(
  path: string,
  own: Pick<TosDeskOptions, "endWithinMs"> = {},
): Promise<WatchedDesk> {
  const workspace = await openWorkspace(path, systemClock);
  const problems: string[] = [];
  const desk = await openTosDesk({
    workspace,
    clock: systemClock,
    runner: ownRunner(),
    environment: process.env,
    ...own,
    onProblem: (problem) => problems.push(problem),
  });
  const progress = new Map<string, ProgressEntry[]>();
  let announcements = 0;
  desk.onChange(() => (announcements += 1));
  desk.onProgress((runId, entries) => progress.set(runId, [...(progress.get(runId) ?? []), ...entries]));
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await desk.close();
    await workspace.dispose();
  };
  onTestFinished(close);
  const view = (): TosView => {
    const state = desk.state();
    if (state.view === null) throw new Error(state.problem);
    return state.view;
  };
  const watched: WatchedDesk = {
    desk,
    problems,
    progressOf: (runId) => progress.get(runId) ?? [],
    announcements: () => announcements,
    view,
    until: (what, fits) =>
      waitUntil(what, () => {
        const { view: now } = desk.state();
        return now !== null && fits(now) ? now : null;
      }),
    run: (runId) => [view().run, ...view().runs].find((run) => run?.runId === runId) ?? null,
    ended: (runId) =>
      waitUntil(`the end of ${runId}`, () => {
        const run = watched.run(runId);
        return run?.state === "ended" || run?.state === "vanished" ? run : null;
      }),
    acknowledge: (operation) =>
      namesOf(view().actions.find((action) => action.operation === operation)?.rules ?? []),
    close,
  };
  await watched.until("the project has been read", () => true);
  return watched;
}

function namesOf(rules: readonly RuleNotice[]): Acknowledgement[] {
  return rules.map(({ rule }) => ({ rule, reason: "practice" }));
}
