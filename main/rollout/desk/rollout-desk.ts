import type { SurfaceId } from "#contract/identity";
import type { Refusal } from "#contract/rollout/command";
import type { CommandOutcome } from "#contract/requests";
import type { Notice, RolloutView } from "#contract/rollout/view";
import type { Clock } from "#domain/clock";
import { noticesBetween } from "#domain/rollout/notices";
import type { RolloutState } from "#domain/rollout/state";
import { viewOf } from "#domain/rollout/view";
import type { RolloutDesk, SurfaceWatcher, Unsubscribe, Workspace } from "../../host/ports";
import type { HookRunner } from "../hook/hook-run";
import { bootInstants, sessionInstants } from "../instant";
import { createObserver } from "../observe/observer";
import { createRolloutStore } from "../journal/rollout-store";
import { readStartChoices } from "../profiles";
import { createActions, newEffectId } from "./actions";
import { CheckRhythm } from "./check-rhythm";
import { CheckTaker } from "./check-taker";
import { EffectPerformer } from "./effect-performer";
import { KeptHistory } from "./kept-history";
import { Ledger, type Change } from "./ledger";
import { heldNotices, Listeners } from "./listeners";
import { openLatest } from "./open-latest";
import { createQueries } from "./queries";
import { watchTime } from "./time-watch";

/** A surface somebody watches already. */
export interface WatchedSurface {
  readonly watcher: SurfaceWatcher;
  onChange(listener: () => void): Unsubscribe;
}

export interface RolloutDeskOptions {
  readonly workspace: Pick<Workspace, "path" | "settings" | "surfaceSettings">;
  /**
   * `host`: takes scheduled checks and performs effects for as long as it is open; its session is its own. `command`:
   * the same for one command line, without a schedule, in the session of this boot of the machine. `read`: changes
   * nothing; commands are refused `read-only`. The first two need the workspace's claim.
   */
  readonly mode: "host" | "command" | "read";
  /** Surfaces that are watched already; the others are read at each check. */
  readonly surfaces: ReadonlyMap<SurfaceId, WatchedSurface>;
  readonly clock: Clock;
  /** What runs the process that performs the percent hook. */
  readonly runner: HookRunner;
  /** Takes what went wrong while the rollout goes on; a line for the log. */
  readonly onProblem: (problem: string) => void;
}

/** When a surface last wrote what it is judged by (spec/tau/rollout.md §1), Unix milliseconds; null when that is not known. */
function writtenUnixMs(surface: SurfaceId, watcher: SurfaceWatcher | undefined): number | null {
  const reading = watcher?.reading();
  const freshness = surface === "browser-automation" ? reading?.live?.freshness : reading?.freshness;
  return freshness?.writtenUnixMs ?? null;
}

const readOnly: Refusal = {
  code: "read-only",
  message: "The workspace is in other hands, so its rollouts can only be read here.",
  details: [],
};

/**
 * Opens the rollouts of a workspace: takes the one that runs up again, takes its checks, performs its effects, and
 * answers commands. Resolves once its journal has been read; takes the first check afterwards. A journal that cannot be
 * read or written is shown and holds; it never keeps the console from opening.
 */
export async function openRolloutDesk(options: RolloutDeskOptions): Promise<RolloutDesk> {
  const { workspace, mode, surfaces, clock, onProblem } = options;
  const now = mode === "host" ? sessionInstants(clock) : bootInstants(() => clock.nowUnixMs());
  const store = createRolloutStore(workspace.path);
  const changes = new Listeners<void>();
  const notices = new Listeners<Notice>(heldNotices);

  /** Why the open journal cannot be written; empty when it can. */
  let unwritable = "";

  const brokenBecause = (): string => ledger.open?.journal.problem?.message ?? "";
  const journalView = (): RolloutView["journal"] => ({
    path: ledger.open?.journal.path ?? "",
    entries: ledger.open?.journal.entries ?? 0,
    problem: brokenBecause() || unwritable,
    record: ledger.open?.journal.problem?.record ?? null,
  });
  const view = (): RolloutView | null => {
    const state = ledger.open?.state;
    if (!state) return null;
    const nextCheckUnixMs = mode === "host" && brokenBecause() === "" ? rhythm.nextUnixMs : null;
    return viewOf(state, { now: now(), nextCheckUnixMs, journal: journalView() });
  };
  const tellJournal = (state: RolloutState, problem: string): void => {
    onProblem(`rollout ${state.rolloutId}: ${problem}`);
    notices.tell({
      id: `${state.rolloutId}/${state.events}/journal`,
      kind: "journal-broken",
      unixMs: now().unixMs,
      title: "The rollout holds: its journal",
      body: problem,
      place: `#/rollout/${encodeURIComponent(state.rolloutId)}`,
    });
  };
  /** There may be a rollout, but nothing of it can be shown. */
  const tellUnreadable = (problem: string): void => {
    onProblem(problem);
    notices.tell({
      id: `rollouts/${now().unixMs}/journal`,
      kind: "journal-broken",
      unixMs: now().unixMs,
      title: "The newest rollout cannot be read",
      body: problem,
      place: "#/rollouts",
    });
  };

  const problems: string[] = [];
  const found = await openLatest(store, mode !== "read", (problem) => problems.push(problem));
  const state = found?.journal.state ?? null;
  if (found && !state && found.journal.problem) problems.push(found.journal.problem.message);
  for (const problem of problems) (state ? onProblem : tellUnreadable)(problem);
  if (found && !found.writable && mode !== "read") unwritable = `${found.journal.path} cannot be written.`;
  const ledger = new Ledger(
    {
      now,
      create: (rolloutId, events) => store.create(rolloutId, events),
      onChange: (change) => onChange(change),
      onJournal(problem) {
        if (problem === unwritable) return;
        unwritable = problem;
        const state = ledger.open?.state;
        if (problem !== "" && state) tellJournal(state, `it cannot be written: ${problem}`);
        changes.tell();
      },
    },
    found && state && { ...found, state },
  );
  const observer = createObserver({
    workspace,
    watcherOf: (surface) => surfaces.get(surface)?.watcher ?? null,
    clock,
    now,
  });
  const checks = new CheckTaker({ ledger, observer, now, effectId: newEffectId });
  const effects = new EffectPerformer({
    ledger,
    workspacePath: workspace.path,
    runner: options.runner,
    clock,
    onProblem,
  });
  const rhythm = new CheckRhythm({
    clock,
    state: () => ledger.open?.state ?? null,
    take: () => checks.take("scheduled"),
    writtenUnixMs: (surface) => writtenUnixMs(surface, surfaces.get(surface)?.watcher),
    onPlan: () => changes.tell(),
  });
  const actions = createActions({
    ledger,
    checks,
    now,
    workspacePath: workspace.path,
    brokenBecause,
    view,
    store,
  });
  // A command is over too soon to read ahead, and whoever only reads has nothing to himself.
  const kept = mode === "host" ? new KeptHistory({ read: () => store.list(), clock, onProblem }) : null;
  if (found) kept?.follow(found.journal);
  const onChange = ({ before, after }: Change): void => {
    if (mode === "host") rhythm.follow(after);
    if (ledger.open) kept?.follow(ledger.open.journal);
    changes.tell();
    for (const notice of noticesBetween(before, after, now())) notices.tell(notice);
    effects.update();
  };

  const leave = [...surfaces.values()].map((surface) => surface.onChange(() => rhythm.surfacesChanged()));
  const stopWatching = watchTime(view, () => changes.tell());
  const repairedBytes = found?.writable ? found.journal.tornBytes : 0;
  if (repairedBytes > 0 && state)
    onProblem(
      `rollout ${state.rolloutId}: ${repairedBytes} bytes of an entry cut short were removed from its journal.`,
    );
  if (state && brokenBecause() !== "") tellJournal(state, brokenBecause());
  else if (state && (mode === "host" || repairedBytes > 0)) {
    // A journal that cannot be written now holds and says so; the next check tries again.
    await ledger.submit(() => ({ kind: "session", repairedBytes })).catch(() => undefined);
    if (mode === "host") rhythm.resume(ledger.open?.state ?? state);
  }
  if (mode !== "read" && brokenBecause() === "") effects.update();

  const queries = createQueries({
    store,
    history: async () => (kept ? kept.list() : (await store.list()).rollouts),
    now,
    open: () => ledger.open,
    view,
  });

  return {
    state: () => ({ latest: view() }),
    onChange: (listener) => changes.add(listener),
    onNotice: (listener) => notices.add(listener),
    profiles: () => readStartChoices(workspace.path),
    start: async (input) => (mode === "read" ? refusedToRead() : actions.start(input)),
    command: async ({ command }) => {
      if (mode === "read") return refusedToRead();
      const outcome = await actions.command(command);
      if (mode === "host" || outcome.refusal !== null) return outcome;
      // A command that is over leaves nothing going on behind it.
      await effects.settled();
      return { ...outcome, rollout: view() };
    },
    ...queries,
    async close() {
      stopWatching();
      for (const unsubscribe of leave) unsubscribe();
      rhythm.stop();
      if (mode === "command") await effects.settled();
      await effects.close();
      await checks.idle();
      await ledger.idle();
      await kept?.close();
      observer.close();
      await ledger.open?.writable?.close();
    },
  };

  function refusedToRead(): CommandOutcome {
    return { outcome: "refused", message: "", refusal: readOnly, rollout: view() };
  }
}
