import { appendFile, cp, mkdir, mkdtemp, realpath, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SurfaceId } from "#contract/identity";
import type { HealthSnapshot } from "#contract/health";
import { projectRoot } from "../../../resources/setup/project.mjs";

/** Figures of one cycle a test wants to see on screen; the rest is a clean cycle of one case. */
export interface CycleOptions {
  readonly unixMs?: number;
  readonly state?: "healthy" | "degraded" | "failing";
  readonly codes?: readonly string[];
  readonly applied?: number;
  readonly failed?: number;
  readonly streak?: number;
}

/** One record of `runtime-events.jsonl` (spec/tau/surfaces.md §5), without its line end. */
export function cycleRecord(options: CycleOptions = {}): string {
  const { state = "healthy" } = options;
  return JSON.stringify({
    timestamp_unix_ms: options.unixMs ?? Date.now(),
    health_state: state,
    health_reason:
      state === "healthy" ? "no recent transport failures observed" : "recent transport failures observed",
    reason_codes: options.codes ?? ["healthy_cycle"],
    discovered_cases: 1,
    queued_cases: 1,
    applied_cases: options.applied ?? 1,
    duplicate_skips: 0,
    malformed_cases: 0,
    retryable_failures: 0,
    retry_attempts: 0,
    failed_cases: options.failed ?? 0,
    backlog_cases: 0,
    failure_streak: options.streak ?? 0,
  });
}

/** A workspace on disk whose surfaces a test writes as an outside process would. */
export class ObservedWorkspace {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(surfaces: Record<string, unknown> = {}): Promise<ObservedWorkspace> {
    const workspace = new ObservedWorkspace(
      await mkdtemp(join(await realpath(tmpdir()), "gatehouse-console-")),
    );
    await mkdir(join(workspace.path, ".gatehouse"));
    await workspace.writeSettings({ schemaVersion: 1, name: "Harbor", surfaces });
    return workspace;
  }

  async writeSettings(settings: unknown): Promise<void> {
    const text = typeof settings === "string" ? settings : JSON.stringify(settings, null, 2);
    await writeFile(join(this.path, ".gatehouse/settings.json"), text);
  }

  /** Copies fixtures of the demo, to be named in the settings as `.gatehouse/fixtures/<surface>/<name>.json`. */
  async copyFixtures(surface: SurfaceId): Promise<void> {
    await cp(join(projectRoot, "fixtures/demo", surface), join(this.path, ".gatehouse/fixtures", surface), {
      recursive: true,
    });
  }

  async writeState(surface: SurfaceId, health: Partial<HealthSnapshot> = {}): Promise<void> {
    const state = {
      schema_version: 1,
      processed_case_keys: ["first:case"],
      health: {
        updated_unix_ms: Date.now(),
        cycle_duration_ms: 4,
        queue_depth: 0,
        active_runs: 0,
        failure_streak: 0,
        last_cycle_discovered: 1,
        last_cycle_processed: 1,
        last_cycle_completed: 1,
        last_cycle_failed: 0,
        last_cycle_duplicates: 0,
        ...health,
      },
    };
    await this.write(`.tau/${surface}/state.json`, `${JSON.stringify(state, null, 2)}\n`);
  }

  async appendRecords(surface: SurfaceId, records: readonly string[]): Promise<void> {
    const path = join(this.path, ".tau", surface, "runtime-events.jsonl");
    await mkdir(join(path, ".."), { recursive: true });
    await appendFile(path, records.map((record) => `${record}\n`).join(""));
  }

  async write(path: string, text: string): Promise<void> {
    const target = join(this.path, path);
    await mkdir(join(target, ".."), { recursive: true });
    await writeFile(target, text);
  }

  /** Sets a file's modification time back. */
  async age(path: string, unixMs: number): Promise<void> {
    await utimes(join(this.path, path), unixMs / 1_000, unixMs / 1_000);
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
