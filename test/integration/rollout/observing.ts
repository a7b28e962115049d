import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { surfaceIds, type SurfaceId } from "#contract/identity";
import { observationSchema, type Observation, type SurfaceSample } from "#contract/rollout/observation";
import { defaultCycleLimits } from "../../../main/domain/cycle/play-cycle";
import { baselineOf } from "../../../main/domain/rollout/baseline";
import { builtInProfiles } from "../../../main/domain/rollout/built-in-profiles";
import type { SurfaceWatcher, Workspace } from "../../../main/host/ports";
import { watcherOptions } from "../../../main/host/watcher-options";
import { createObserver, type Baselines, type Observer } from "../../../main/rollout/observe/observer";
import { runnerFor } from "../../../main/runner/surface-cycle";
import { systemClock } from "../../../main/system/clock";
import { createSurfaceWatcher } from "../../../main/watch/surface-watcher";
import { openWorkspace } from "../../../main/workspace/workspace";
import { temporaryFolder } from "../../support/temporary-folder";
import { defaultSettings } from "../runner/cycle-harness";

const [profile] = builtInProfiles;
const candidate = { version: "2.8.0", commit: "7c1e5d2a9b", createdUnixMs: 0 };

/** A workspace in a temporary folder, real cycles in it, and an observer of it; all ends with the test. */
export class ObservedWorkspace {
  readonly workspace: Workspace;
  readonly observer: Observer;
  readonly watchers = new Map<SurfaceId, SurfaceWatcher>();
  #previous: Observation | null = null;

  private constructor(workspace: Workspace, sourceLimitMs: number | undefined) {
    this.workspace = workspace;
    this.observer = createObserver({
      workspace,
      watcherOf: (surface) => this.watchers.get(surface) ?? null,
      clock: systemClock,
      now: () => ({ unixMs: Date.now(), monotonicMs: performance.now(), session: "test" }),
      ...(sourceLimitMs === undefined ? {} : { sourceLimitMs }),
    });
  }

  static async open(
    settings: object = { schemaVersion: 1, surfaces: {} },
    sourceLimitMs?: number,
  ): Promise<ObservedWorkspace> {
    const path = await temporaryFolder();
    await mkdir(join(path, ".gatehouse"));
    await writeFile(join(path, ".gatehouse/settings.json"), JSON.stringify(settings));
    const workspace = await openWorkspace(path, systemClock);
    const observed = new ObservedWorkspace(workspace, sourceLimitMs);
    onTestFinished(async () => {
      observed.observer.close();
      await Promise.all([...observed.watchers.values()].map((watcher) => watcher.stop()));
      await workspace.dispose();
    });
    return observed;
  }

  /** Starts the watchers a host would have. */
  async watch(): Promise<void> {
    for (const surface of surfaceIds) {
      const watcher = createSurfaceWatcher({
        ...watcherOptions(surface, this.workspace),
        clock: systemClock,
      });
      this.watchers.set(surface, watcher);
      await watcher.start();
    }
  }

  path(...parts: readonly string[]): string {
    return join(this.workspace.path, ...parts);
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true });
    await writeFile(this.path(path), content);
  }

  /** One real cycle of a surface, on a fixture of our contract fixtures. */
  async cycle(surface: Exclude<SurfaceId, "browser-automation">, fixture: string): Promise<void> {
    await runnerFor(defaultSettings(surface)).run(
      {
        fixturePath: join("fixtures/contract", `${surface}-contract`, `${fixture}.json`),
        stateDir: this.path(".tau", surface),
        limits: defaultCycleLimits,
      },
      { clock: systemClock, warn: () => undefined },
    );
  }

  /** A check's look; it is given what the one before saw, and must be what the contract says. */
  async observe(since: Baselines | null = null): Promise<Observation> {
    if (profile === undefined) throw new Error("there is no built-in profile");
    const observation = await this.observer.observe(profile, candidate, since, this.#previous);
    this.#previous = observation;
    return observationSchema.parse(observation);
  }
}

/** The sample of one surface. */
export function sampleOf(observation: Observation, surface: SurfaceId): SurfaceSample {
  const sample = observation.surfaces.find((each) => each.surface === surface);
  if (sample === undefined) throw new Error(`no sample of ${surface}`);
  return sample;
}

/** Baselines of everything an observation saw. */
export const baselinesOf = (observation: Observation): Baselines => baselineOf(1, observation).surfaces;
