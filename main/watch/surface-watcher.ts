import { basename, dirname, join } from "node:path";
import { BridgeError } from "#contract/envelope";
import type { SurfaceId } from "#contract/identity";
import type { BrowserLiveSummary, EventLogView, SurfaceReading } from "#contract/reading";
import type { RequestOutput } from "#contract/requests";
import type { Clock } from "#domain/clock";
import { judgeFreshness, nextFreshnessChange, type SourceFacts } from "#domain/freshness";
import { countsSince } from "#domain/reading/mark-view";
import { parseLiveSummary } from "#domain/reading/live-summary";
import { parseStateFile, type StateFacts } from "#domain/reading/state-file";
import { assembleReading } from "#domain/reading/surface-reading";
import type { SurfaceWatcher } from "../host/ports";
import { listChannels, readChannelFile } from "./channel-store";
import { DirectoryWatch } from "./directory-watch";
import { displayPath } from "./display-path";
import { EventBrowser } from "./event-browser";
import type { FollowedLog } from "./followed-log";
import { LogFollower } from "./log-follower";
import { LogMark } from "./log-mark";
import { Repeater } from "./repeater";
import { readStateFile } from "./state-text";
import { WholeFileFollower } from "./whole-file";

export interface SurfaceWatcherOptions {
  readonly surface: SurfaceId;
  /** Absolute path of the workspace; marks are kept below it. */
  readonly workspacePath: string;
  /** Absolute path of the directory with `state.json` and `runtime-events.jsonl`. */
  readonly stateDir: string;
  readonly staleAfterMs: number;
  /** Absolute path of the browser live summary, and its own limit of age; null for every surface that has none. */
  readonly live: { readonly path: string; readonly staleAfterMs: number } | null;
  readonly clock: Clock;
}

/** Changes closer together than this reach listeners as one: the state file and the event of one cycle, for example. */
const coalesceMs = 4;
/** Announcements keep this distance, so that a flood of changes does not become a flood of announcements. */
const announcementDistanceMs = 16;
/** While a large log is being read, listeners hear of it this often. */
const progressMs = 100;
const longestTimerMs = 2_147_483_647;

/** Follows one surface's files: see `SurfaceWatcher`. Nothing is read before `start`. */
export function createSurfaceWatcher(options: SurfaceWatcherOptions): SurfaceWatcher {
  return new FileSurfaceWatcher(options);
}

/** Looks once at a surface's files, its whole log included, without following them. */
export async function readSurfaceOnce(options: SurfaceWatcherOptions): Promise<SurfaceReading> {
  const watcher = new FileSurfaceWatcher(options);
  try {
    await watcher.lookOnce();
    return watcher.reading();
  } finally {
    await watcher.stop();
  }
}

class FileSurfaceWatcher implements SurfaceWatcher {
  readonly #options: SurfaceWatcherOptions;
  readonly #state: WholeFileFollower<StateFacts>;
  readonly #live: WholeFileFollower<BrowserLiveSummary> | null;
  readonly #log: LogFollower;
  readonly #mark: LogMark;
  readonly #browser: EventBrowser;
  readonly #stateLooks: Repeater;
  readonly #liveLooks: Repeater;
  readonly #logLooks: Repeater;
  readonly #watches: DirectoryWatch[] = [];
  readonly #listeners = new Set<(reading: SurfaceReading) => void>();
  #announced = "";
  #announcement: NodeJS.Timeout | null = null;
  #staleTimer: NodeJS.Timeout | null = null;
  #announcedAtMs = Number.NEGATIVE_INFINITY;
  #nextStaleUnixMs = Number.POSITIVE_INFINITY;
  #lastProgressMs = 0;
  #stopped = false;

  constructor(options: SurfaceWatcherOptions) {
    this.#options = options;
    const { workspacePath, stateDir, live, clock } = options;
    const statePath = join(stateDir, "state.json");
    const logPath = join(stateDir, "runtime-events.jsonl");
    const shown = (path: string): string => displayPath(workspacePath, path);
    this.#state = new WholeFileFollower(
      statePath,
      shown(statePath),
      parseStateFile,
      (facts) => facts.health.updated_unix_ms,
      clock,
    );
    this.#live =
      live === null
        ? null
        : new WholeFileFollower(live.path, shown(live.path), parseLiveSummary, () => 0, clock);
    this.#log = new LogFollower(logPath, shown(logPath), clock, () => this.#onProgress());
    this.#mark = new LogMark(workspacePath, options.surface, this.#log, clock);
    this.#logLooks = new Repeater(() => this.#followLog());
    this.#stateLooks = new Repeater(() => this.#lookAt(this.#state));
    this.#liveLooks = new Repeater(() => this.#lookAt(this.#live));
    this.#browser = new EventBrowser(this.#log, () => this.#logLooks.run());
  }

  async start(): Promise<void> {
    await this.#mark.load();
    // Stopped before it began: a watch set up now would never end.
    if (this.#stopped) return;
    const { stateDir, live } = this.#options;
    this.#watches.push(
      new DirectoryWatch(stateDir, ["state.json", "runtime-events.jsonl"], () => {
        void this.#stateLooks.run();
        void this.#logLooks.run();
      }),
    );
    if (live !== null)
      this.#watches.push(
        new DirectoryWatch(dirname(live.path), [basename(live.path)], () => {
          void this.#liveLooks.run();
        }),
      );
    await Promise.all(this.#watches.map((watch) => watch.start()));
    await Promise.all([this.#stateLooks.run(), this.#liveLooks.run()]);
    void this.#logLooks.run();
  }

  async lookOnce(): Promise<void> {
    await this.#mark.load();
    await Promise.all([this.#stateLooks.run(), this.#liveLooks.run(), this.#logLooks.run()]);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const watch of this.#watches) watch.stop();
    if (this.#announcement !== null) clearTimeout(this.#announcement);
    if (this.#staleTimer !== null) clearTimeout(this.#staleTimer);
    this.#log.stop();
    await Promise.all([this.#stateLooks.stop(), this.#liveLooks.stop(), this.#logLooks.stop()]);
    this.#listeners.clear();
  }

  reading(): SurfaceReading {
    const now = this.#options.clock.nowUnixMs();
    const { staleAfterMs, surface } = this.#options;
    return assembleReading({
      surface,
      state: judgeFreshness(this.#state.source(staleAfterMs), now),
      stateText: this.#state.excerpt,
      health: this.#state.facts?.health ?? null,
      processedCaseCount: this.#state.facts?.processedCaseCount ?? 0,
      log: this.#logView(now),
      firstNotUtf8: this.#log.fold.firstNotUtf8,
      live: this.#liveReading(now),
      liveText: this.#live?.excerpt ?? "",
    });
  }

  get #liveStaleAfterMs(): number {
    return this.#options.live?.staleAfterMs ?? this.#options.staleAfterMs;
  }

  #liveReading(now: number): SurfaceReading["live"] {
    if (this.#live === null) return null;
    const freshness = judgeFreshness(this.#live.source(this.#liveStaleAfterMs), now);
    return { freshness, summary: this.#live.facts };
  }

  onChange(listener: (reading: SurfaceReading) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  history(maximumPoints: number): RequestOutput<"surface.history"> {
    return { generation: this.#log.generation, points: this.#log.fold.history.points(maximumPoints) };
  }

  events: SurfaceWatcher["events"] = (input) => this.#browser.events(input);

  event: SurfaceWatcher["event"] = (input) => this.#browser.event(input);

  async lookAtLog(): Promise<FollowedLog> {
    await this.#logLooks.run();
    return this.#log;
  }

  stateFile: SurfaceWatcher["stateFile"] = () =>
    readStateFile(
      this.#state.path,
      displayPath(this.#options.workspacePath, this.#state.path),
      this.#options.clock,
    );

  listChannels: SurfaceWatcher["listChannels"] = () => {
    const root = this.#storeRoot();
    return listChannels(root, displayPath(this.#options.workspacePath, root), this.#options.clock);
  };

  readChannelFile: SurfaceWatcher["readChannelFile"] = (input) =>
    readChannelFile(this.#storeRoot(), input, this.#options.clock);

  async setMark(): Promise<EventLogView> {
    if (this.#log.progress !== null)
      throw new BridgeError("unavailable", "The log is still being read; set the mark when that is done.");
    await this.#mark.set();
    this.#announce();
    return this.reading().log;
  }

  async clearMark(): Promise<EventLogView> {
    await this.#mark.clear();
    this.#announce();
    return this.reading().log;
  }

  #storeRoot(): string {
    return join(this.#options.stateDir, "channel-store");
  }

  #logView(now: number): EventLogView {
    const log = this.#log;
    const { fold } = log;
    return {
      freshness: judgeFreshness(log.source(this.#options.staleAfterMs), now),
      bytes: log.bytes,
      generation: log.generation,
      lines: fold.lines,
      cycles: fold.cycles,
      invalidLines: fold.invalidLines,
      firstInvalid: fold.firstInvalid,
      lastInvalid: fold.lastInvalid,
      lastReasonCodes: [...fold.lastReasonCodes],
      lastHealthReason: fold.lastHealthReason,
      lastCycle: fold.lastCycle,
      lastCycleRecord: fold.lastCycleRecord,
      ...countsSince(fold.reasonCodeCounts(), this.#mark.facts()),
      progress: log.progress,
    };
  }

  async #lookAt(file: { look(): Promise<boolean> } | null): Promise<void> {
    const news = await file?.look();
    // A timer is late when the machine slept or its clock was set; the poll is not.
    if (news === true || this.#options.clock.nowUnixMs() >= this.#nextStaleUnixMs) this.#announceSoon();
  }

  async #followLog(): Promise<void> {
    if (await this.#log.look()) this.#announceSoon();
  }

  #onProgress(): void {
    const now = this.#options.clock.monotonicMs();
    if (now - this.#lastProgressMs < progressMs) return;
    this.#lastProgressMs = now;
    this.#announceSoon();
  }

  #announceSoon(): void {
    if (this.#stopped || this.#announcement !== null) return;
    const sinceLast = this.#options.clock.monotonicMs() - this.#announcedAtMs;
    this.#announcement = setTimeout(
      () => {
        this.#announcement = null;
        this.#announce();
      },
      Math.max(coalesceMs, announcementDistanceMs - sinceLast),
    );
  }

  /** Tells listeners what is new, and comes back when time alone will change it. */
  #announce(): void {
    if (this.#stopped) return;
    this.#announcedAtMs = this.#options.clock.monotonicMs();
    const reading = this.reading();
    this.#awaitStaleness();
    const fingerprint = JSON.stringify(reading);
    if (fingerprint === this.#announced) return;
    this.#announced = fingerprint;
    for (const listener of this.#listeners) listener(reading);
  }

  #awaitStaleness(): void {
    if (this.#staleTimer !== null) clearTimeout(this.#staleTimer);
    this.#staleTimer = null;
    const { staleAfterMs, clock } = this.#options;
    const now = clock.nowUnixMs();
    const sources: readonly (SourceFacts | undefined)[] = [
      this.#state.source(staleAfterMs),
      this.#log.source(staleAfterMs),
      this.#live?.source(this.#liveStaleAfterMs),
    ];
    const changes = sources
      .map((source) => (source === undefined ? null : nextFreshnessChange(source, now)))
      .filter((change) => change !== null);
    this.#nextStaleUnixMs = Math.min(Number.POSITIVE_INFINITY, ...changes);
    if (changes.length === 0) return;
    const wait = Math.min(longestTimerMs, Math.max(1, this.#nextStaleUnixMs - now));
    this.#staleTimer = setTimeout(() => this.#announce(), wait);
  }
}
