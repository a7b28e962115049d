import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { Candidate } from "#contract/rollout/command";
import type { Baseline } from "#contract/rollout/journal";
import type { Instant, Observation, SurfaceSample } from "#contract/rollout/observation";
import type { RolloutProfile } from "#contract/rollout/profile";
import type { Clock } from "#domain/clock";
import { watchedCodes } from "#domain/rollout/watched-codes";
import { browserSample } from "#domain/rollout/sample/browser-sample";
import { comparedWith } from "#domain/rollout/sample/sample-parts";
import type { Source } from "#domain/rollout/sample/source";
import { stateSample } from "#domain/rollout/sample/state-sample";
import type { SurfaceWatcher, Workspace } from "../../host/ports";
import { displayPath } from "../../watch/display-path";
import { reasonCodeCounts } from "./code-counts";
import { lookTwice, readSource } from "./file-source";
import { FollowedLogs } from "./followed-logs";
import { LiveRunCounts } from "./live-run-counts";
import { readLogEvidence, unusableLog } from "./log-evidence";
import { readReleaseEvidence } from "./release-evidence";
import { surfaceFiles } from "./surface-sources";
import { withinTime } from "./time-limit";

/** Time a source has to answer, milliseconds: a disk that hangs must not hang the check. */
const sourceLimitMs = 10_000;

export interface ObserverOptions {
  readonly workspace: Pick<Workspace, "path" | "settings" | "surfaceSettings">;
  /** Who follows a surface's files already; null where nobody does. Asked anew at every check. */
  readonly watcherOf: (surface: SurfaceId) => SurfaceWatcher | null;
  readonly clock: Clock;
  /** The moment on both clocks. */
  readonly now: () => Instant;
  /** Milliseconds a source has to answer; 10 s unless said. */
  readonly sourceLimitMs?: number;
}

/** Baselines of all surfaces, from which occurrences are new. */
export type Baselines = Baseline["surfaces"];

/** Takes the looks a rollout is judged by. */
export interface Observer {
  /**
   * A fresh look at every file a check rests on, all at once (spec/tau/rollout.md §1). `at` is the moment before the first
   * of them. `since` are the baselines whose later occurrences are listed, `previous` is what the check before saw. Never
   * rejects: a source that cannot be used, or does not answer in time, says so in its place. The candidate takes no part:
   * whose evidence it is, the rules judge.
   */
  observe(
    profile: RolloutProfile,
    candidate: Candidate,
    since: Baselines | null,
    previous: Observation | null,
  ): Promise<Observation>;
  /** Lets go of the logs it follows itself. */
  close(): void;
}

/** Observes the workspace's surfaces and evidence files; nothing is read before the first check. */
export function createObserver(options: ObserverOptions): Observer {
  const { workspace, clock } = options;
  const limitMs = options.sourceLimitMs ?? sourceLimitMs;
  const logs = new FollowedLogs(workspace.path, clock, options.watcherOf);
  const liveRuns = new LiveRunCounts();
  const shown = (path: string): string => displayPath(workspace.path, path);
  const silence = `it did not answer within ${limitMs / 1_000} s`;

  const read = (path: string): Promise<Source> =>
    withinTime(readSource(path, shown(path)), limitMs, () => ({
      kind: "unreadable",
      path: shown(path),
      problem: silence,
    }));

  async function look(surface: SurfaceId, profile: RolloutProfile, since: Baselines | null) {
    const files = surfaceFiles(surface, workspace);
    const codes = watchedCodes(profile, surface);
    const shownPath = shown(files.log);
    // The state file comes last, for it decides health and a large log may take its time.
    const log = await withinTime(
      readLogEvidence({
        shownPath,
        since: since?.[surface] ?? null,
        look: () => logs.look(surface, files.log),
        count: (followed) =>
          surface === "browser-automation"
            ? liveRuns.update(followed, codes, shownPath)
            : reasonCodeCounts(followed, codes, shownPath),
      }),
      limitMs,
      () => unusableLog(shownPath, `${shownPath}: ${silence}`),
    );
    return lookTwice<SurfaceSample>(
      async () => {
        const source = await read(files.record);
        return surface === "browser-automation"
          ? browserSample(source, log)
          : stateSample(surface, source, log);
      },
      (sample) => sample.status !== "unreadable",
    );
  }

  return {
    async observe(profile, _candidate, since, previous) {
      const at = options.now();
      const [release, ...samples] = await Promise.all([
        readReleaseEvidence(workspace.path, profile, read),
        ...surfaceIds.map((surface) => look(surface, profile, since)),
      ]);
      const surfaces = samples.map((sample) =>
        comparedWith(
          sample,
          previous?.surfaces.find(({ surface }) => surface === sample.surface),
        ),
      );
      return { at, surfaces, ...release };
    },
    close: () => logs.close(),
  };
}
