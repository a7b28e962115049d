import type { DriverView, FixtureChoice, OutputLine, RunView } from "#contract/driver";
import type { SurfaceId } from "#contract/identity";
import type { EventLogView, SurfaceReading } from "#contract/reading";
import type { ParsedInput, RequestOutput } from "#contract/requests";
import type { SurfaceSettings, WorkspaceSettings } from "#contract/settings";
import type { Notice } from "#contract/rollout/view";
import type { ProgressEntry } from "#contract/tos/progress";
import type { TosState } from "#contract/tos/view";
import type { RolloutStateView, WorkspaceView } from "#contract/view";
import type { FollowedLog } from "../watch/followed-log";

export type Unsubscribe = () => void;

/**
 * Follows one surface's files and keeps what they say. Nothing here writes to the surface's directory.
 * Failing methods reject with a `BridgeError`.
 */
export interface SurfaceWatcher {
  /** Resolves after the first look at the state file; a large log goes on being read in the background. */
  start(): Promise<void>;
  stop(): Promise<void>;
  reading(): SurfaceReading;
  /** Called after every change of `reading()`, also when only time made it stale. */
  onChange(listener: (reading: SurfaceReading) => void): Unsubscribe;
  history(maximumPoints: number): RequestOutput<"surface.history">;
  events(input: ParsedInput<"surface.events">): Promise<RequestOutput<"surface.events">>;
  event(input: ParsedInput<"surface.event">): Promise<RequestOutput<"surface.event">>;
  /** Looks at the log now; resolves with it once all that stands in it has been read. */
  lookAtLog(): Promise<FollowedLog>;
  stateFile(): Promise<RequestOutput<"surface.state">>;
  listChannels(): Promise<RequestOutput<"channels.list">>;
  readChannelFile(input: ParsedInput<"channels.read">): Promise<RequestOutput<"channels.read">>;
  /** Marks are written to the workspace before they are announced. */
  setMark(): Promise<EventLogView>;
  clearMark(): Promise<EventLogView>;
}

/** Runs one surface as its settings say, in processes of its own. Failing methods reject with a `BridgeError`. */
export interface SurfaceDriver {
  readonly surface: SurfaceId;
  view(): DriverView;
  onChange(listener: (view: DriverView) => void): Unsubscribe;
  onOutput(listener: (runId: string, lines: readonly OutputLine[]) => void): Unsubscribe;
  /** Begins the schedule; an `observe` driver refuses with `unsupported`. */
  start(): DriverView;
  stop(reason: string): Promise<DriverView>;
  run(fixture: string | undefined, trigger: "schedule" | "operator"): Promise<RunView>;
  cancel(reason: string): Promise<DriverView>;
  output(runId: string, afterNumber: number): readonly OutputLine[];
  fixtures(): Promise<readonly FixtureChoice[]>;
  /** Takes new settings; a run under way ends on the old ones. */
  apply(settings: SurfaceSettings): void;
  /** Ends everything it started. */
  dispose(): Promise<void>;
}

/** An opened workspace: its folder and its settings file. */
export interface Workspace {
  readonly path: string;
  view(): WorkspaceView;
  /** Settings in force: the last good ones, defaults where the file is silent. */
  settings(): WorkspaceSettings;
  /** The settings of one surface with its defaults filled in. */
  surfaceSettings(surface: SurfaceId): SurfaceSettings & { stateDir: string; staleAfterMs: number };
  onChange(listener: () => void): Unsubscribe;
  /** Writes one surface's settings to the file (atomically, other keys and their order kept), then announces it. */
  updateSurface(surface: SurfaceId, change: (settings: SurfaceSettings) => SurfaceSettings): Promise<void>;
  dispose(): Promise<void>;
}

/** The rollouts of a workspace: the journal, the checks and the commands. Failing methods reject with a `BridgeError`. */
export interface RolloutDesk {
  /** What a window shows; consistent with what was announced. */
  state(): RolloutStateView;
  /** Called after every change of `state()`, also when only time changed it. Nothing is announced before it is on disk. */
  onChange(listener: () => void): Unsubscribe;
  onNotice(listener: (notice: Notice) => void): Unsubscribe;
  profiles(): Promise<RequestOutput<"rollout.profiles">>;
  start(input: ParsedInput<"rollout.start">): Promise<RequestOutput<"rollout.start">>;
  command(input: ParsedInput<"rollout.command">): Promise<RequestOutput<"rollout.command">>;
  view(input: ParsedInput<"rollout.view">): Promise<RequestOutput<"rollout.view">>;
  list(input: ParsedInput<"rollout.list">): Promise<RequestOutput<"rollout.list">>;
  timeline(input: ParsedInput<"rollout.timeline">): Promise<RequestOutput<"rollout.timeline">>;
  evidence(input: ParsedInput<"rollout.evidence">): Promise<RequestOutput<"rollout.evidence">>;
  trends(input: ParsedInput<"rollout.trends">): Promise<RequestOutput<"rollout.trends">>;
  /** Stops taking checks. An effect under way goes on by itself and is picked up by whoever opens the workspace next. */
  close(): Promise<void>;
}

/** The TOS project of a workspace: its files, its repository and its runs. Failing methods reject with a `BridgeError`. */
export interface TosDesk {
  /** What a window shows; consistent with what was announced. */
  state(): TosState;
  onChange(listener: () => void): Unsubscribe;
  /** Called with each batch of progress, in order, also of runs that a command line began. */
  onProgress(listener: (runId: string, entries: readonly ProgressEntry[]) => void): Unsubscribe;
  launch(input: ParsedInput<"tos.launch">): Promise<RequestOutput<"tos.launch">>;
  cancel(input: ParsedInput<"tos.cancel">): Promise<RequestOutput<"tos.cancel">>;
  progress(input: ParsedInput<"tos.progress">): Promise<RequestOutput<"tos.progress">>;
  step(input: ParsedInput<"tos.step">): Promise<RequestOutput<"tos.step">>;
  preview(input: ParsedInput<"tos.preview">): Promise<RequestOutput<"tos.preview">>;
  diff(input: ParsedInput<"tos.diff">): Promise<RequestOutput<"tos.diff">>;
  config(): Promise<RequestOutput<"tos.config">>;
  checkConfig(input: ParsedInput<"tos.checkConfig">): RequestOutput<"tos.checkConfig">;
  saveConfig(input: ParsedInput<"tos.saveConfig">): Promise<RequestOutput<"tos.saveConfig">>;
  acknowledgeRunbook(): Promise<RequestOutput<"tos.acknowledgeRunbook">>;
  failureReport(): Promise<RequestOutput<"tos.failureReport">>;
  /** Asks a run that this console began to end, waits for it, and stops watching. A rollback is waited for, never ended. */
  close(): Promise<void>;
}
