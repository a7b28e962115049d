import type { SurfaceId } from "#contract/identity";
import type { Clock } from "#domain/clock";
import type { SurfaceWatcher } from "../../host/ports";
import { displayPath } from "../../watch/display-path";
import type { FollowedLog } from "../../watch/followed-log";
import { LogFollower } from "../../watch/log-follower";
import { Repeater } from "../../watch/repeater";

interface OwnLog {
  readonly follower: LogFollower;
  readonly looks: Repeater;
}

/**
 * Gives every log a follower: the surface's running watcher where it follows that very file, else one of our own, which is
 * kept, so that a log is read from its beginning once and not at every check.
 */
export class FollowedLogs {
  readonly #workspacePath: string;
  readonly #clock: Clock;
  readonly #watcherOf: (surface: SurfaceId) => SurfaceWatcher | null;
  readonly #own = new Map<string, OwnLog>();

  constructor(workspacePath: string, clock: Clock, watcherOf: (surface: SurfaceId) => SurfaceWatcher | null) {
    this.#workspacePath = workspacePath;
    this.#clock = clock;
    this.#watcherOf = watcherOf;
  }

  /** Looks at the log at `path` (absolute) now; resolves once what stands in it has been read. */
  async look(surface: SurfaceId, path: string): Promise<FollowedLog> {
    const watched = await this.#watcherOf(surface)?.lookAtLog();
    if (watched?.path === path) return watched;
    const own = this.#own.get(path) ?? this.#follow(path);
    await own.looks.run();
    return own.follower;
  }

  close(): void {
    for (const { follower } of this.#own.values()) follower.stop();
    this.#own.clear();
  }

  #follow(path: string): OwnLog {
    const shownPath = displayPath(this.#workspacePath, path);
    const follower = new LogFollower(path, shownPath, this.#clock, () => undefined);
    const own = { follower, looks: new Repeater(async () => void (await follower.look())) };
    this.#own.set(path, own);
    return own;
  }
}
