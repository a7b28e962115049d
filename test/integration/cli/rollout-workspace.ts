import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SurfaceId } from "#contract/identity";
import { type CommandOutcome, requests } from "#contract/requests";
import { type RolloutView, rolloutViewSchema } from "#contract/rollout/view";
import type { RolloutProfile } from "#contract/rollout/profile";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import { defaultCycleLimits } from "../../../main/domain/cycle/play-cycle";
import { runnerFor } from "../../../main/runner/surface-cycle";
import { systemClock } from "../../../main/system/clock";
import { projectRoot } from "../../../resources/setup/project.mjs";
import { temporaryFolder } from "../../support/temporary-folder";
import { defaultSettings, fixtureFile } from "../runner/cycle-harness";
import { gatehouse, type Ran } from "./gatehouse";

const passingFixtures = {
  voice: "rollout-pass",
  dashboard: "snapshot-layout",
  "custom-command": "rollout-pass",
  memory: "retrieve-ranking",
} as const satisfies Partial<Record<SurfaceId, string>>;

/** What a live run leaves when every step went well (spec/tau/live-run.md §4). */
const cleanSummary = {
  discovered_cases: 1,
  success_cases: 1,
  malformed_cases: 0,
  retryable_failures: 0,
  timeout_failures: 0,
  denied_unsafe_actions: 0,
  denied_action_limit: 0,
  artifact_records: 0,
  timeline: [
    {
      case_id: "navigate-demo",
      operation: "navigate",
      action: "navigate",
      replay_step: "success",
      status_code: 200,
      error_code: "",
      artifact_types: [],
    },
  ],
  reason_codes: [],
  health_state: "healthy",
};

/** A workspace that no console has open, with the evidence of a preflight and a profile that is quick by hand. */
export class RolloutWorkspace {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(changes: Partial<RolloutProfile> = {}): Promise<RolloutWorkspace> {
    const workspace = new RolloutWorkspace(await temporaryFolder());
    const shipped = join(projectRoot, "fixtures", "rehearsal");
    await mkdir(join(workspace.path, ".gatehouse"), { recursive: true });
    await cp(join(shipped, "evidence"), join(workspace.path, ".gatehouse", "evidence"), { recursive: true });
    await cp(join(shipped, "tau"), join(workspace.path, ".tau"), { recursive: true });
    const rehearsal = builtInProfiles.find(({ rehearsal: isRehearsal }) => isRehearsal);
    const profile = {
      ...rehearsal,
      id: "quick",
      manualCheckDistanceMs: 0,
      checkIntervalMs: 60_000,
      maximumEvidenceAgeMs: 600_000,
      phases: rehearsal?.phases.map((phase) => ({
        ...phase,
        minimumSoakMs: phase.id === "preflight" ? 0 : 1,
      })),
      ...changes,
    };
    await workspace.write(".gatehouse/profiles/quick.json", JSON.stringify(profile));
    await workspace.runSurfaces();
    return workspace;
  }

  /** One clean cycle of every surface, so that there is evidence from now. */
  async runSurfaces(): Promise<void> {
    for (const [surface, fixture] of Object.entries(passingFixtures))
      await this.cycle(surface as keyof typeof passingFixtures, fixture);
    const live = ".tau/demo-browser-automation-live/browser-live-summary.json";
    await rm(join(this.path, live), { force: true });
    await this.write(live, JSON.stringify(cleanSummary));
  }

  /** One real cycle of a surface with a contract fixture. */
  async cycle(surface: keyof typeof passingFixtures, fixture: string): Promise<void> {
    await runnerFor(defaultSettings(surface)).run(
      {
        fixturePath: fixtureFile(surface, fixture),
        stateDir: join(this.path, ".tau", surface),
        limits: defaultCycleLimits,
      },
      { clock: systemClock, warn: () => undefined },
    );
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.path, path)), { recursive: true });
    await writeFile(join(this.path, path), text);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.path, path), "utf8");
  }

  /** `gatehouse rollout …` in a process of its own, in the workspace. */
  rollout(...args: readonly string[]): Promise<Ran> {
    return gatehouse(this.path, ["rollout", ...args]);
  }

  /** Starts a rollout of the proposed candidate with the quick profile. */
  async start(): Promise<void> {
    const { exitCode, stderr } = await this.rollout("start", "--profile", "quick", "--reason", "release 2.8");
    if (exitCode !== 0) throw new Error(stderr);
  }

  /** The newest rollout, as `status --json` gives it. */
  async status(): Promise<{ readonly view: RolloutView; readonly exitCode: number | undefined }> {
    const { stdout, stderr, exitCode } = await this.rollout("status", "--json");
    if (stdout === "") throw new Error(stderr);
    return { view: rolloutViewSchema.parse(JSON.parse(stdout)), exitCode };
  }

  /** Everything that a phase demands, and its promotion. */
  async promote(): Promise<void> {
    await this.runSurfaces();
    for (const args of [["check"], ["check"], ["promote", "--reason", "all green"]]) {
      const { exitCode, stderr } = await this.rollout(...args);
      if (exitCode !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
    }
  }
}

/** What `--json` of a command says, checked against the contract. */
export function outcomeOf({ stdout }: Ran): CommandOutcome {
  return requests["rollout.command"].output.parse(JSON.parse(stdout));
}
