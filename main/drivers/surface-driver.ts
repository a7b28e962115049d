import { resolve } from "node:path";
import type { DriverView, FixtureChoice, OutputLine, RunView } from "#contract/driver";
import { BridgeError } from "#contract/envelope";
import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { SurfaceSettings } from "#contract/settings";
import type { Clock } from "#domain/clock";
import { stateDirOf } from "#domain/settings/paths";
import type { SurfaceDriver, Unsubscribe, Workspace } from "../host/ports";
import { createOperatorLog, type OperatorLog } from "../operator-log";
import { prepareCommand } from "./command";
import { quoteCommandLine } from "./command-line";
import { createCycleStore, type CycleStore } from "./cycle-store";
import { playlist, prepareEmbedded, type RunnerProgram } from "./embedded";
import { isInside, readFixtureText } from "./fixture-file";
import { listFixtures } from "./fixtures";
import type { PreparedRun } from "./prepared-run";
import { startProgram } from "./process";
import { describeEnd, RunRecord } from "./run-record";
import { RunScheduler } from "./run-scheduler";
import { createStopMarker, type StopMarker } from "./stop-marker";

/** What a driver needs from its surroundings. */
export interface SurfaceDriverOptions extends RunnerProgram {
  surface: SurfaceId;
  workspace: Workspace;
  settings: SurfaceSettings;
  clock: Clock;
}

/** Runs whose output stays readable. */
const rememberedRuns = 8;

/**
 * The driver of one surface. It begins its schedule by itself when the settings say `autoStart`, unless an operator
 * stopped it in an earlier life of the console. `run` resolves once the run is under way (or could not be started);
 * its end is announced through `onChange`.
 */
export function createSurfaceDriver(options: SurfaceDriverOptions): SurfaceDriver {
  return new ProcessDriver(options);
}

class ProcessDriver implements SurfaceDriver {
  readonly surface: SurfaceId;
  readonly #workspace: Workspace;
  readonly #clock: Clock;
  readonly #runner: RunnerProgram;
  readonly #store: CycleStore;
  readonly #log: OperatorLog;
  readonly #stopMarker: StopMarker;
  readonly #schedule: RunScheduler;
  readonly #changeListeners = new Set<(view: DriverView) => void>();
  readonly #outputListeners = new Set<(runId: string, lines: readonly OutputLine[]) => void>();
  /** Newest last; the one under way included. */
  readonly #records: RunRecord[] = [];
  #settings: SurfaceSettings;
  #current: RunRecord | null = null;
  #currentEnd: Promise<void> = Promise.resolve();
  #last: RunView | null = null;
  #runs = 0;
  #failedRuns = 0;
  #disposed = false;

  constructor(options: SurfaceDriverOptions) {
    this.surface = options.surface;
    this.#workspace = options.workspace;
    this.#clock = options.clock;
    this.#settings = options.settings;
    this.#runner = { nodeExecutable: options.nodeExecutable, cliEntry: options.cliEntry };
    this.#store = createCycleStore(options.workspace.path, options.surface, options.clock);
    this.#log = createOperatorLog(options.workspace.path, options.clock);
    this.#stopMarker = createStopMarker(options.workspace.path, options.surface);
    this.#schedule = new RunScheduler(
      options.clock,
      surfaceIds.indexOf(options.surface),
      () => void this.#runDue(),
    );
    this.#beginIfWanted();
  }

  view(): DriverView {
    const settings = this.#settings;
    const runs = settings.driver === "observe" ? null : settings;
    const embedded = settings.driver === "embedded" ? settings : null;
    return {
      kind: settings.driver,
      state: this.#state(),
      intervalMs: runs?.intervalMs ?? null,
      nextRunUnixMs: this.#schedule.dueUnixMs,
      stateDir: stateDirOf(this.surface, settings),
      runner: embedded?.runner ?? null,
      fixtures: embedded === null ? [] : [...playlist(embedded)],
      limits: embedded?.limits ?? null,
      timeoutMs: runs?.timeoutMs ?? null,
      commandLine: this.#commandLine(),
      current: this.#current?.view ?? null,
      last: this.#last,
      runs: this.#runs,
      failedRuns: this.#failedRuns,
    };
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
    this.#assertRuns();
    if (!this.#schedule.begun) {
      this.#log.append({ action: "start", surface: this.surface, reason: "", effect: "schedule begun" });
      this.#stopMarker.clear();
      this.#schedule.begin();
      this.#plan();
    }
    return this.view();
  }

  async stop(reason: string): Promise<DriverView> {
    this.#assertRuns();
    const run = this.#current;
    const effect = run === null ? "schedule ended" : `schedule ended, run ${run.view.runId} asked to end`;
    await this.#afterLogging({ action: "stop", reason, effect }, async () => {
      this.#schedule.end();
      this.#stopMarker.set(reason, this.#clock.nowUnixMs());
      this.#announce();
      if (run !== null) await this.#end(run, reason);
    });
    return this.view();
  }

  async run(fixture: string | undefined, trigger: "schedule" | "operator"): Promise<RunView> {
    this.#assertRuns();
    if (this.#current !== null)
      throw new BridgeError(
        "conflict",
        `A run of ${this.surface} is under way (${this.#current.view.runId}); wait for its end or cancel it.`,
      );
    const record = this.#open(trigger, fixture);
    try {
      if (fixture !== undefined) await this.#assertFixture(fixture);
      if (trigger === "operator")
        this.#log.append({
          action: "run",
          surface: this.surface,
          reason: "",
          effect: `run ${record.view.runId} begun${fixture === undefined ? "" : ` with ${fixture}`}`,
        });
    } catch (error) {
      // Nothing was begun, so nothing is counted or kept of it.
      this.#records.pop();
      this.#current = null;
      this.#plan();
      throw error;
    }
    this.#announce();
    await new Promise<void>((onStarted) => {
      this.#currentEnd = this.#carryOut(record, fixture, onStarted);
    });
    return record.view;
  }

  async cancel(reason: string): Promise<DriverView> {
    this.#assertRuns();
    const run = this.#current;
    if (run === null) throw new BridgeError("conflict", `No run of ${this.surface} is under way.`);
    const effect = `run ${run.view.runId} asked to end`;
    await this.#afterLogging({ action: "cancel", reason, effect }, () => this.#end(run, reason));
    return this.view();
  }

  output(runId: string, afterNumber: number): readonly OutputLine[] {
    const record = this.#records.find((each) => each.view.runId === runId);
    if (record === undefined)
      throw new BridgeError(
        "not_found",
        `The output of run ${runId} is not kept: only the newest ${rememberedRuns} are.`,
      );
    return record.program?.output.after(afterNumber) ?? [];
  }

  async fixtures(): Promise<readonly FixtureChoice[]> {
    if (this.#settings.driver !== "embedded") return [];
    return listFixtures({
      workspacePath: this.#workspace.path,
      surface: this.surface,
      settings: this.#settings,
      directory: this.#store.directory,
    });
  }

  apply(settings: SurfaceSettings): void {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return;
    const before = this.#settings;
    this.#settings = settings;
    if (settings.driver === "observe") this.#schedule.end();
    else if (before.driver === "observe" || (!before.autoStart && settings.autoStart)) this.#beginIfWanted();
    if (this.#current === null) this.#plan();
    else this.#announce();
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#schedule.end();
    if (this.#current !== null) await this.#end(this.#current, "The console was closed.");
    this.#changeListeners.clear();
    this.#outputListeners.clear();
  }

  #state(): DriverView["state"] {
    if (this.#settings.driver === "observe" && this.#current === null) return "observing";
    if (this.#current !== null) return "running";
    return this.#schedule.begun ? "scheduled" : "stopped";
  }

  #commandLine(): string | null {
    if (this.#settings.driver !== "command") return null;
    const { program, args, cwd } = this.#settings;
    return quoteCommandLine(program, args, resolve(this.#workspace.path, cwd));
  }

  #assertRuns(): void {
    if (this.#settings.driver === "observe")
      throw new BridgeError(
        "unsupported",
        `${this.surface} is only observed: another process writes its files. Choose the driver "embedded" or "command" in the settings to run it here.`,
      );
    if (this.#disposed) throw new BridgeError("unavailable", "The console is closing.");
  }

  /** An operator may pick what the settings name and what lies in the workspace, nothing else on the machine. */
  async #assertFixture(fixture: string): Promise<void> {
    if (this.#settings.driver !== "embedded")
      throw new BridgeError(
        "invalid_request",
        `fixture: the driver of ${this.surface} is "${this.#settings.driver}" and takes none.`,
      );
    const root = this.#workspace.path;
    if (!playlist(this.#settings).includes(fixture) && !isInside(root, fixture))
      throw new BridgeError(
        "invalid_request",
        `fixture: expected a file inside the workspace, found ${fixture}.`,
      );
    await readFixtureText(resolve(root, fixture)).catch((error: Error) => {
      throw new BridgeError("not_found", `The fixture ${fixture} cannot be read.`, [error.message]);
    });
  }

  #beginIfWanted(): void {
    if (this.#settings.driver === "observe" || !this.#settings.autoStart) return;
    if (this.#schedule.begun || this.#stopMarker.isSet()) return;
    this.#schedule.begin();
    if (this.#current === null) this.#plan();
  }

  #plan(): void {
    if (this.#settings.driver !== "observe" && !this.#disposed)
      this.#schedule.plan(this.#settings.intervalMs);
    this.#announce();
  }

  async #runDue(): Promise<void> {
    // A run that an operator began takes the place of the one that was due.
    if (this.#current === null && this.#schedule.begun) await this.run(undefined, "schedule");
  }

  #open(trigger: RunView["trigger"], fixture: string | undefined): RunRecord {
    this.#schedule.hold();
    const startedUnixMs = this.#clock.nowUnixMs();
    const view: RunView = {
      runId: `${this.surface}-${startedUnixMs}-${this.#runs + 1}`,
      surface: this.surface,
      trigger,
      startedUnixMs,
      finishedUnixMs: null,
      durationMs: null,
      outcome: "running",
      exitCode: null,
      signal: null,
      commandLine: "",
      fixture: fixture ?? null,
      detail: "",
      outputLines: 0,
      droppedBytes: 0,
    };
    const record = new RunRecord(view, this.#clock.monotonicMs());
    this.#current = record;
    this.#records.push(record);
    return record;
  }

  /** Never rejects: whatever goes wrong is the run's outcome. */
  async #carryOut(record: RunRecord, fixture: string | undefined, onStarted: () => void): Promise<void> {
    const settings = this.#settings;
    try {
      const prepared = await this.#prepare(settings, fixture);
      record.update({ commandLine: prepared.commandLine, fixture: prepared.fixture });
      if (record.cancelReason !== null) {
        this.#close(record, describeEnd({ kind: "cancelled" }, "", 0, record.cancelReason));
        return;
      }
      const program = startProgram(prepared.plan, this.#clock, (lines) => {
        for (const listener of this.#outputListeners) listener(record.view.runId, lines);
      });
      record.program = program;
      this.#announce();
      if (program.pid !== undefined) onStarted();
      const end = await program.ended;
      const lastWords = program.output.lastText("stderr") || program.output.lastText("stdout");
      this.#close(record, describeEnd(end, lastWords, prepared.plan.timeoutMs, record.cancelReason));
    } catch (error) {
      this.#close(
        record,
        describeEnd({ kind: "not-started", problem: (error as Error).message }, "", 0, null),
      );
    } finally {
      onStarted();
    }
  }

  async #prepare(settings: SurfaceSettings, fixture: string | undefined): Promise<PreparedRun> {
    if (settings.driver === "command") return prepareCommand(settings, this.#workspace.path);
    if (settings.driver === "observe") throw new Error("An observed surface has nothing to run.");
    return prepareEmbedded({
      surface: this.surface,
      settings,
      workspacePath: this.#workspace.path,
      liveSummary: this.#workspace.settings().browserLiveSummary,
      runner: this.#runner,
      store: this.#store,
      fixture,
    });
  }

  #close(record: RunRecord, ending: Partial<RunView>): void {
    const finishedMs = this.#clock.monotonicMs();
    record.update({
      ...ending,
      finishedUnixMs: this.#clock.nowUnixMs(),
      durationMs: Math.max(0, Math.round(finishedMs - record.startedMonotonicMs)),
    });
    this.#runs++;
    if (ending.outcome !== "succeeded" && ending.outcome !== "cancelled") this.#failedRuns++;
    this.#last = record.view;
    this.#current = null;
    this.#records.splice(0, this.#records.length - rememberedRuns);
    this.#schedule.ran(record.startedMonotonicMs, ending.outcome !== "not-started");
    this.#plan();
  }

  async #end(record: RunRecord, reason: string): Promise<void> {
    record.cancelReason ??= reason;
    record.program?.cancel();
    await this.#currentEnd;
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
