import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { surfaceIds, type SurfaceId } from "#contract/identity";
import { rolloutProfileSchema, type RolloutProfile } from "#contract/rollout/profile";
import { candidateSchema, type StartRollout } from "#contract/rollout/command";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import { projectRoot } from "../../../resources/setup/project.mjs";
import { cycleLine } from "../bridge-workspace";
import { liveRunText } from "../live-run";

const shipped = join(projectRoot, "fixtures", "rehearsal");

const timeline = [
  {
    case_id: "open-checkout",
    operation: "navigate",
    action: "navigate",
    replay_step: "success",
    status_code: 200,
    error_code: "",
    artifact_types: [],
  },
];

export type ProfileChanges = Partial<RolloutProfile> & { readonly soakMs?: number };

/**
 * A workspace in which a rollout can be run in seconds: the rehearsal's evidence, a profile `quick`, and surfaces whose
 * files a test writes itself, as their runners would.
 */
export class RolloutWorkspace {
  readonly path: string;
  /** How far the clock of the surfaces is ahead of the machine's, milliseconds. */
  aheadMs = 0;
  #cycle = 0;
  #writes = 0;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(changes: ProfileChanges = {}): Promise<RolloutWorkspace> {
    const workspace = new RolloutWorkspace(
      await mkdtemp(join(await realpath(tmpdir()), "gatehouse-rollout-")),
    );
    await cp(join(shipped, "evidence"), workspace.file(".gatehouse", "evidence"), { recursive: true });
    await cp(join(shipped, "tau"), workspace.file(".tau"), { recursive: true });
    await workspace.writeProfile(changes);
    await workspace.write(".gatehouse/settings.json", JSON.stringify({ schemaVersion: 1, surfaces: {} }));
    await workspace.runSurfaces();
    return workspace;
  }

  file(...parts: readonly string[]): string {
    return join(this.path, ...parts);
  }

  /** Replaces a file in one step, as runners do; `seconds` is its modification time, now when left out. */
  async write(path: string, content: string, seconds?: number): Promise<void> {
    await mkdir(dirname(this.file(path)), { recursive: true });
    // A name of its own: a test may write while the surfaces go on running.
    const written = this.file(`${path}.${(this.#writes += 1)}.new`);
    await writeFile(written, content);
    if (seconds !== undefined) await utimes(written, seconds, seconds);
    await rename(written, this.file(path));
  }

  /** The profile `quick`: the rehearsal's gates, every soak `soakMs` (300) and a check every 100 ms. */
  async writeProfile({ soakMs = 300, ...changes }: ProfileChanges = {}): Promise<void> {
    const rehearsal = builtInProfiles.find(({ id }) => id === "rehearsal");
    if (rehearsal === undefined) throw new Error("there is no built-in rehearsal profile");
    const profile = rolloutProfileSchema.parse({
      ...rehearsal,
      id: "quick",
      checkIntervalMs: 100,
      manualCheckDistanceMs: 0,
      phases: rehearsal.phases.map((phase) => ({
        ...phase,
        minimumSoakMs: phase.id === "preflight" ? 0 : soakMs,
      })),
      ...changes,
    });
    await this.write(".gatehouse/profiles/quick.json", JSON.stringify(profile));
  }

  /** A healthy cycle of every surface, written now. */
  async runSurfaces(): Promise<void> {
    for (const surface of surfaceIds) await this.runSurface(surface);
  }

  /** One cycle of a surface; `health` and `codes` differ from a healthy one's where they are given. */
  async runSurface(
    surface: SurfaceId,
    health: Readonly<Record<string, number>> = {},
    codes: readonly string[] = [],
  ): Promise<void> {
    if (surface === "browser-automation") {
      const summary = ".tau/demo-browser-automation-live/browser-live-summary.json";
      const seconds = (Date.now() + this.aheadMs) / 1_000;
      await this.write(summary, liveRunText({ timeline }), seconds);
      return;
    }
    const line = JSON.parse(cycleLine((this.#cycle += 1))) as { reason_codes: string[] };
    line.reason_codes.push(...codes);
    await mkdir(this.file(".tau", surface), { recursive: true });
    await appendFile(this.file(".tau", surface, "runtime-events.jsonl"), `${JSON.stringify(line)}\n`);
    const state = {
      schema_version: 1,
      processed_case_keys: [],
      health: {
        updated_unix_ms: Date.now() + this.aheadMs,
        last_cycle_discovered: 1,
        last_cycle_processed: 1,
        ...health,
      },
    };
    await this.write(`.tau/${surface}/state.json`, JSON.stringify(state, null, 2));
  }

  /** Runs healthy cycles of all surfaces over and over; the returned function ends it. */
  keepRunning(everyMs = 100): () => Promise<void> {
    const stop = new AbortController();
    const ended = (async () => {
      while (!stop.signal.aborted) {
        await this.runSurfaces();
        await new Promise((done) => setTimeout(done, everyMs));
      }
    })();
    return async () => {
      stop.abort();
      await ended;
    };
  }

  /** The request that starts a rollout of the proposed candidate with the profile `quick`. */
  async startRequest(): Promise<StartRollout> {
    const { schemaVersion: _version, ...candidate } = JSON.parse(
      await readFile(this.file(".gatehouse", "evidence", "candidate.json"), "utf8"),
    ) as Record<string, unknown>;
    return { candidate: candidateSchema.parse(candidate), profileId: "quick", reason: "Rehearse 2.8" };
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true, maxRetries: 5 });
  }
}
