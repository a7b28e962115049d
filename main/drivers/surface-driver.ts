import type { DriverView, FixtureChoice, OutputLine, RunView } from "#contract/driver";
import { BridgeError } from "#contract/envelope";
import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { SurfaceSettings } from "#contract/settings";
import type { Clock } from "#domain/clock";
import type { SurfaceDriver, Unsubscribe, Workspace } from "../host/ports";
import { createOperatorLog, type OperatorLog } from "../operator-log";
import { createCycleStore } from "./cycle-store";
import { describeDriver } from "./driver-view";
import type { RunnerProgram } from "./embedded";
import { listFixtures } from "./fixtures";
import { createLeftoverRun, type LeftoverRun } from "./leftover-run";
import { requirePickableFixture, type RunSurroundings } from "./prepared-run";
import { RunBook } from "./run-book";
import { executeRun } from "./run-execution";
import type { RunRecord } from "./run-record";
import { RunScheduler } from "./run-scheduler";
import { createStopMarker, type StopMarker } from "./stop-marker";

/** What a driver needs from its surroundings. */
export interface SurfaceDriverOptions extends RunnerProgram {
  surface: SurfaceId;
  workspace: Workspace;
  settings: SurfaceSettings;
  clock: Clock;
}

/**
 * The driver of one surface. It begins its schedule by itself when the settings say `autoStart`, unless an operator
 * stopped it in an earlier life of the console. `run` resolves once the run is under way (or could not be started);
 * its end is announced through `onChange`. `stop` also ends the run under way.
 */
export function createSurfaceDriver(options: SurfaceDriverOptions): SurfaceDriver {
  return new ProcessDriver(options);
}

class ProcessDriver implements SurfaceDriver {
  readonly surface: SurfaceId;
  readonly #surroundings: RunSurroundings;
  readonly #clock: Clock;
  readonly #log: OperatorLog;
  readonly #stopMarker: StopMarker;
  readonly #leftover: LeftoverRun;
  readonly #schedule: RunScheduler;
  readonly #book: RunBook;
  readonly #changeListeners = new Set<(view: DriverView) => void>();
  readonly #outputListeners = new Set<(runId: string, lines: readonly OutputLine[]) => void>();
  #settings: SurfaceSettings;
  #disposed = false;

  constructor({ surface, workspace, settings, clock, nodeExecutable, cliEntry }: SurfaceDriverOptions) {
    this.surface = surface;
    this.#clock = clock;
    this.#settings = settings;
    const store = createCycleStore(workspace.path, surface, clock);
    this.#surroundings = { surface, workspace, runner: { nodeExecutable, cliEntry }, store };
    this.#log = createOperatorLog(workspace.path, clock);
    this.#stopMarker = createStopMarker(workspace.path, surface);
    this.#leftover = createLeftoverRun(workspace.path, surface);
    this.#schedule = new RunScheduler(clock, surfaceIds.indexOf(surface), () => void this.#runDue());
    this.#book = new RunBook(surface, clock);
    this.#beginIfWanted();
  }

  view(): DriverView {
    return describeDriver(this.surface, this.#settings, this.#surroundings.workspace.path, {
      ...this.#book.figures,
      nextRunUnixMs: this.#schedule.dueUnixMs,
      scheduled: this.#schedule.begun,
    });
  }

  onChange(listener: (view: DriverView) => void): Unsubscribe {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  onOutput(listener: (runId: string, lines: readonly OutputLine[]) => void): Unsubscribe {
    this.#outputListeners.add(listener);
    return () => this.#outputListeners.delete(listener);
  }

  start(): DriverView {
    this.#requireRunnable();
    if (!this.#schedule.begun) {
      this.#log.append({ action: "start", surface: this.surface, reason: "", effect: "schedule begun" });
      this.#stopMarker.clear();
      this.#schedule.begin();
      this.#plan();
    }
    return this.view();
  }

  async stop(reason: string): Promise<DriverView> {
    const run = this.#book.current;
    // A run that began before the surface became observed can still be ended.
    if (run === null) this.#requireRunnable();
    const ending = run === null ? "" : `, run ${run.view.runId} asked to end`;
    await this.#afterLogging({ action: "stop", reason, effect: `schedule ended${ending}` }, async () => {
      this.#schedule.end();
      this.#stopMarker.set(reason, this.#clock.nowUnixMs());
      this.#announce();
      await run?.cancel(reason);
    });
    return this.view();
  }

  async run(fixture: string | undefined, trigger: "schedule" | "operator"): Promise<RunView> {
    this.#requireRunnable();
    const record = this.#book.open(trigger, fixture ?? null);
    this.#schedule.hold();
    try {
      if (fixture !== undefined)
        await requirePickableFixture(this.#surroundings.workspace.path, this.#settings, fixture);
      if (trigger === "operator") {
        const effect = `run ${record.view.runId} begun${fixture === undefined ? "" : ` with ${fixture}`}`;
        this.#log.append({ action: "run", surface: this.surface, reason: "", effect });
      }
    } catch (error) {
      this.#book.abandon(record);
      this.#plan();
      throw error;
    }
    this.#announce();
    await new Promise<void>((onStarted) => void this.#carryOut(record, fixture, onStarted));
    return record.view;
  }

  async cancel(reason: string): Promise<DriverView> {
    const run = this.#book.current;
    if (run === null) {
      this.#requireRunnable();
      throw new BridgeError("conflict", `No run of ${this.surface} is under way.`);
    }
    const effect = `run ${run.view.runId} asked to end`;
    await this.#afterLogging({ action: "cancel", reason, effect }, () => run.cancel(reason));
    return this.view();
  }

  output(runId: string, afterNumber: number): readonly OutputLine[] {
    return this.#book.output(runId, afterNumber);
  }

  async fixtures(): Promise<readonly FixtureChoice[]> {
    if (this.#settings.driver !== "embedded") return [];
    const { surface, workspace, store } = this.#surroundings;
    const settings = this.#settings;
    return listFixtures({ workspacePath: workspace.path, surface, settings, directory: store.directory });
  }

  apply(settings: SurfaceSettings): void {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return;
    const before = this.#settings;
    this.#settings = settings;
    if (settings.driver === "observe") this.#schedule.end();
    else if (before.driver === "observe" || (!before.autoStart && settings.autoStart)) this.#beginIfWanted();
    if (this.#book.current === null) this.#plan();
    else this.#announce();
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#schedule.end();
    await this.#book.current?.cancel("The console was closed.");
    this.#changeListeners.clear();
    this.#outputListeners.clear();
  }

  #requireRunnable(): void {
    if (this.#disposed) throw new BridgeError("unavailable", "The console is closing.");
    if (this.#settings.driver === "observe")
      throw new BridgeError(
        "unsupported",
        `${this.surface} is only observed: another process writes its files. ` +
          'Choose the driver "embedded" or "command" in the settings to run it here.',
      );
  }

  #beginIfWanted(): void {
    if (this.#settings.driver === "observe" || !this.#settings.autoStart) return;
    if (this.#schedule.begun || this.#stopMarker.isSet()) return;
    this.#schedule.begin();
    if (this.#book.current === null) this.#plan();
  }

  #plan(): void {
    if (this.#settings.driver !== "observe" && !this.#disposed)
      this.#schedule.plan(this.#settings.intervalMs);
    this.#announce();
  }

  async #runDue(): Promise<void> {
    // A run that an operator began takes the place of the one that was due.
    if (this.#book.current === null && this.#schedule.begun) await this.run(undefined, "schedule");
  }

  async #carryOut(record: RunRecord, fixture: string | undefined, onStarted: () => void): Promise<void> {
    const ending = await executeRun({
      record,
      surroundings: this.#surroundings,
      settings: this.#settings,
      fixture,
      leftover: this.#leftover,
      clock: this.#clock,
      onLines: (lines) => {
        for (const listener of this.#outputListeners) listener(record.view.runId, lines);
      },
      onStarted: () => {
        this.#announce();
        onStarted();
      },
    });
    this.#book.close(record, ending);
    this.#schedule.ran(record.startedMonotonicMs, ending.outcome !== "not-started");
    this.#plan();
    onStarted();
  }

  /** Ending something must work even when it cannot be logged; then the operator is told so afterwards. */
  async #afterLogging(
    entry: { action: "stop" | "cancel"; reason: string; effect: string },
    act: () => Promise<void>,
  ): Promise<void> {
    let problem: unknown = null;
    try {
      this.#log.append({ ...entry, surface: this.surface });
    } catch (error) {
      problem = error;
    }
    await act();
    if (problem !== null) throw problem;
  }

  #announce(): void {
    const view = this.view();
    for (const listener of this.#changeListeners) listener(view);
  }
}
