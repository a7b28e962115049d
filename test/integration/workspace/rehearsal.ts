import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { Candidate } from "#contract/rollout/command";
import type { Observation } from "#contract/rollout/observation";
import type { RolloutProfile } from "#contract/rollout/profile";
import { createSurfaceDriver } from "../../../main/drivers/surface-driver";
import type { SurfaceDriver, Workspace } from "../../../main/host/ports";
import { createObserver, type Baselines, type Observer } from "../../../main/rollout/observe/observer";
import { readStartChoices } from "../../../main/rollout/profiles";
import { systemClock } from "../../../main/system/clock";
import { prepareDemoWorkspace } from "../../../main/workspace/demo";
import { openWorkspace } from "../../../main/workspace/workspace";
import { ensureBuilt } from "../../support/build";
import { runToEnd } from "../drivers/harness";

/** The rehearsal workspace in a temporary folder: its surfaces run when they are told to, by the built command line. */
export class Rehearsal {
  readonly path: string;
  readonly cliEntry: string;
  readonly profile: RolloutProfile;
  readonly candidate: Candidate;
  readonly #home: string;
  readonly #workspace: Workspace;
  readonly #observer: Observer;
  readonly #drivers = new Map<SurfaceId, SurfaceDriver>();
  /** When the surfaces played their schedule last, milliseconds; left out are those that need it anew. */
  readonly #cleanSince = new Map<SurfaceId, number>();

  private constructor(
    home: string,
    cliEntry: string,
    workspace: Workspace,
    start: { readonly profile: RolloutProfile; readonly candidate: Candidate },
  ) {
    this.path = workspace.path;
    this.cliEntry = cliEntry;
    this.profile = start.profile;
    this.candidate = start.candidate;
    this.#home = home;
    this.#workspace = workspace;
    this.#observer = createObserver({
      workspace,
      watcherOf: () => null,
      clock: systemClock,
      now: () => ({ unixMs: Date.now(), monotonicMs: performance.now(), session: "test" }),
    });
    for (const surface of surfaceIds) {
      const settings = { ...workspace.surfaceSettings(surface), autoStart: false } as ReturnType<
        Workspace["surfaceSettings"]
      >;
      const program = { nodeExecutable: process.execPath, cliEntry };
      this.#drivers.set(
        surface,
        createSurfaceDriver({ surface, workspace, settings, clock: systemClock, ...program }),
      );
    }
  }

  static async open(): Promise<Rehearsal> {
    const cliEntry = join(await ensureBuilt(), "main", "cli.js");
    const home = await mkdtemp(join(await realpath(tmpdir()), "gatehouse-rehearsal-"));
    const path = await prepareDemoWorkspace({
      shippedDirectory: "fixtures/rehearsal",
      folder: "rehearsal-workspace",
      environment: { GATEHOUSE_DATA_DIR: home },
      platform: process.platform,
      homeDirectory: home,
    });
    const { profiles, candidate } = await readStartChoices(path);
    const profile = profiles.find((offered) => offered.profile.id === "rehearsal")?.profile;
    if (profile === undefined || candidate === null) throw new Error("the rehearsal offers nothing to start");
    const workspace = await openWorkspace(path, systemClock);
    return new Rehearsal(home, cliEntry, workspace, { profile, candidate });
  }

  /** Brings every surface to where its schedule leaves it; those that are there, and fresh for long, are left alone. */
  async mend(): Promise<void> {
    const freshMs = this.profile.maximumEvidenceAgeMs / 3;
    for (const surface of surfaceIds) {
      const since = this.#cleanSince.get(surface);
      if (since === undefined || performance.now() - since > freshMs) await this.play(surface);
    }
  }

  /** Removes a surface's file below the workspace, or spoils it with the content given. */
  async spoil(surface: SurfaceId, file: string, content?: string): Promise<void> {
    this.#cleanSince.delete(surface);
    if (content === undefined) await rm(join(this.path, file));
    else await writeFile(join(this.path, file), content);
  }

  /** One clean cycle of a surface: the schedule's next fixture, or one an operator picks. */
  async play(surface: SurfaceId, fixture?: string): Promise<void> {
    const driver = this.#drivers.get(surface);
    if (driver === undefined) throw new Error(`${surface} has no driver`);
    const picked = fixture === undefined ? undefined : `.gatehouse/fixtures/${surface}/${fixture}`;
    const run = await runToEnd(driver, picked);
    if (run.outcome !== "succeeded" || run.detail !== "")
      throw new Error(`${surface}: expected a clean cycle, found ${JSON.stringify(run)}`);
    if (fixture === undefined) this.#cleanSince.set(surface, performance.now());
    else this.#cleanSince.delete(surface);
  }

  observe(since: Baselines | null, previous: Observation | null): Promise<Observation> {
    return this.#observer.observe(this.profile, this.candidate, since, previous);
  }

  async close(): Promise<void> {
    this.#observer.close();
    await Promise.all([...this.#drivers.values()].map((driver) => driver.dispose()));
    await this.#workspace.dispose();
    await rm(this.#home, { recursive: true, force: true });
  }
}
