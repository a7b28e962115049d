import type { Envelope } from "#contract/envelope";
import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { SurfaceView } from "#contract/view";
import type { Clock } from "#domain/clock";
import { matchTroubleshooting } from "#domain/troubleshooting/match";
import { Coalescer, timerScheduler, type Scheduler } from "./coalescer";
import { dispatchRequest } from "./dispatch";
import { EventHub, type Deliver } from "./event-hub";
import type { HistoryLimits } from "./event-history";
import type { LiveSurface } from "./live-surface";
import type { RolloutDesk, TosDesk, Unsubscribe, Workspace } from "./ports";
import { createRequestHandlers } from "./request-handlers";
import { RunOutputBuffer } from "./run-output-buffer";
import { TosProgressBuffer } from "./tos-progress-buffer";

/** Shortest time between two announcements of the same surface, of the rollout, or of the TOS project, in milliseconds: 30 a second is all an eye can use. */
const announceIntervalMs = 33;

export interface ConsoleHostOptions {
  readonly workspace: Workspace;
  /** The surfaces that could be opened; one that is missing answers `unavailable`. */
  readonly surfaces: ReadonlyMap<SurfaceId, LiveSurface>;
  readonly rollouts: RolloutDesk;
  readonly tos: TosDesk;
  readonly clock: Clock;
  readonly version: string;
  /** Takes what went wrong with one surface while the others go on. */
  readonly onProblem: (problem: string) => void;
  readonly historyLimits?: HistoryLimits;
  readonly scheduler?: Scheduler;
}

/** The console without a transport: answers requests and announces events. */
export interface ConsoleHost {
  /** Never rejects: whatever comes in is answered with an envelope. */
  dispatch(name: unknown, rawInput: unknown): Promise<Envelope>;
  /** Delivers every event after `sinceSequence`, in order, once; `reset` first when some of them are gone. */
  subscribe(sinceSequence: number, deliver: Deliver): Unsubscribe;
  /** Stops announcing. What the surfaces run is ended by whoever opened them. */
  close(): void;
}

/** Binds the workspace and its surfaces to the contract. */
export function createConsoleHost(options: ConsoleHostOptions): ConsoleHost {
  const { workspace, surfaces, rollouts, tos, clock, version, onProblem } = options;
  const scheduler = options.scheduler ?? timerScheduler;
  const hub = new EventHub(clock.nowUnixMs() * 1_000, options.historyLimits);
  const output = new RunOutputBuffer();
  const progress = new TosProgressBuffer();

  /** How a surface looks now; null when it cannot be said, which must not cost the others their view. */
  const viewOf = (surface: LiveSurface): SurfaceView | null => {
    try {
      const reading = surface.watcher.reading();
      const driver = surface.driver.view();
      return { reading, driver, troubleshooting: matchTroubleshooting(reading, driver.last) };
    } catch (error) {
      onProblem(`${surface.id}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  };
  const announceOutput = (surface: LiveSurface): void => {
    for (const payload of output.take(surface.id)) hub.publish("run.output", payload);
  };
  const outputs = new Coalescer<LiveSurface>(announceIntervalMs, scheduler, announceOutput);
  const changes = new Coalescer<LiveSurface>(announceIntervalMs, scheduler, (surface) => {
    // What a run printed comes before the news that it ended.
    announceOutput(surface);
    const view = viewOf(surface);
    if (view) hub.publish("surface.changed", view);
  });
  const rolloutChanges = new Coalescer<RolloutDesk>(announceIntervalMs, scheduler, (desk) =>
    hub.publish("rollout.changed", desk.state()),
  );
  const announceProgress = (): void => {
    for (const payload of progress.take()) hub.publish("tos.progressed", payload);
  };
  const tosProgress = new Coalescer<TosDesk>(announceIntervalMs, scheduler, announceProgress);
  const tosChanges = new Coalescer<TosDesk>(announceIntervalMs, scheduler, (desk) => {
    // What a run reported comes before what became of it.
    announceProgress();
    hub.publish("tos.changed", desk.state());
  });

  const leave: Unsubscribe[] = [
    workspace.onChange(() => hub.publish("workspace.changed", workspace.view())),
    rollouts.onChange(() => rolloutChanges.mark(rollouts)),
    rollouts.onNotice((notice) => {
      // What a notice speaks of is shown before the notice.
      rolloutChanges.flushAll();
      hub.publish("notice.raised", notice);
    }),
    tos.onChange(() => tosChanges.mark(tos)),
    tos.onProgress((runId, entries) => {
      progress.add(runId, entries);
      tosProgress.mark(tos);
    }),
    ...[...surfaces.values()].flatMap((surface) => [
      surface.onChange(() => changes.mark(surface)),
      surface.onOutput((runId, lines) => {
        output.add(surface.id, runId, lines);
        outputs.mark(surface);
      }),
    ]),
  ];

  const handlers = createRequestHandlers({
    workspace,
    surfaces,
    rollouts,
    tos,
    snapshot: () => {
      // Everything that waits is announced first, so that the snapshot is exactly what its sequence says.
      outputs.flushAll();
      changes.flushAll();
      rolloutChanges.flushAll();
      tosProgress.flushAll();
      tosChanges.flushAll();
      return {
        sequence: hub.sequence,
        nowUnixMs: Math.floor(clock.nowUnixMs()),
        version,
        workspace: workspace.view(),
        surfaces: surfaceIds
          .flatMap((id) => surfaces.get(id) ?? [])
          .flatMap((surface) => viewOf(surface) ?? []),
        rollout: rollouts.state(),
        tos: tos.state(),
      };
    },
  });

  return {
    dispatch: (name, rawInput) => dispatchRequest(handlers, name, rawInput),
    subscribe: (sinceSequence, deliver) => hub.subscribe(sinceSequence, deliver),
    close() {
      for (const unsubscribe of leave) unsubscribe();
      outputs.dispose();
      changes.dispose();
      rolloutChanges.dispose();
      tosProgress.dispose();
      tosChanges.dispose();
    },
  };
}
