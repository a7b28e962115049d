import { copyFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { Observation, SurfaceSample } from "#contract/rollout/observation";
import { rounds, seed } from "../../support/depth";
import { createRandom } from "../../support/random";
import { baselinesOf, sampleOf } from "../rollout/observing";
import { Rehearsal } from "./rehearsal";

let rehearsal: Rehearsal;
/** What the surfaces' scheduled fixtures leave: every rollout's beginning. */
let healthy: Observation;

beforeAll(async () => {
  rehearsal = await Rehearsal.open();
  for (const surface of surfaceIds) await rehearsal.play(surface);
  healthy = await observe(null);
});
afterAll(() => rehearsal.close());

const observe = (since: Observation | null): Promise<Observation> =>
  rehearsal.observe(since === null ? null : baselinesOf(since), since);

/** The sample of one surface after what was done to it, with what is new since `since`. */
const sampleAfter = async (surface: SurfaceId, since: Observation): Promise<SurfaceSample> =>
  sampleOf(await observe(since), surface);
const newCodes = ({ occurrences }: SurfaceSample): string[] => occurrences.map(({ code }) => code).toSorted();

describe("the rehearsal's surfaces", () => {
  it("are healthy on their schedule, with nothing that a gate would hold", () => {
    for (const sample of healthy.surfaces)
      expect(sample).toMatchObject({
        status: "ok",
        healthState: "healthy",
        lastCycleFailed: 0,
        cycles: 1,
        occurrences: [],
        log: { problem: "" },
      });
    expect(
      healthy.surfaces.every(
        ({ queueDepth, failureStreak }) => queueDepth <= 1 && (failureStreak ?? 0) === 0,
      ),
    ).toBe(true);
    expect(sampleOf(healthy, "browser-automation").timeline).toMatchObject([
      { replayStep: "success", statusCode: 200, errorCode: "" },
      { replayStep: "success", statusCode: 200, errorCode: "" },
    ]);
  });

  it("stay so in the next cycle, with case ids of its own", async () => {
    for (const surface of surfaceIds) await rehearsal.play(surface);
    const next = await observe(healthy);
    for (const sample of next.surfaces)
      expect(sample).toMatchObject({
        healthState: "healthy",
        cycles: 2,
        occurrences: [],
        sameSnapshot: false,
      });
  });
});

describe("the ways to cause a trigger that the README names", () => {
  it("T1: a state file cut short counts as failing, check after check, and logs nothing", async () => {
    const since = await observe(null);
    await writeFile(join(rehearsal.path, ".tau/voice/state.json"), "{");
    for (let check = 0; check < 2; check += 1)
      expect(await sampleAfter("voice", since)).toMatchObject({
        status: "unreadable",
        healthState: "failing",
        occurrences: [],
      });
    await rm(join(rehearsal.path, ".tau/voice/state.json"));
    await rehearsal.play("voice");
    expect(await sampleAfter("voice", since)).toMatchObject({
      status: "ok",
      healthState: "healthy",
      occurrences: [],
    });
  });

  it("T2: three failing cycles before the baseline leave a streak of three and nothing new", async () => {
    for (let cycle = 0; cycle < 3; cycle += 1)
      await rehearsal.play("memory", "trigger-t2-backend-unreachable.json");
    const since = await observe(null);
    expect(await sampleAfter("memory", since)).toMatchObject({
      healthState: "failing",
      failureStreak: 3,
      occurrences: [],
    });
    await rehearsal.play("memory");
    expect(await sampleAfter("memory", since)).toMatchObject({ healthState: "healthy", failureStreak: 0 });
  });

  it("T3: a turn that fails is a new case_processing_failed", async () => {
    const since = await observe(null);
    await rehearsal.play("voice", "trigger-t3-turn-fails.json");
    const voice = await sampleAfter("voice", since);
    expect(voice.healthState).toBe("degraded");
    expect(newCodes(voice)).toContain("case_processing_failed");
    await rehearsal.play("voice");
  });

  it("T3: a malformed request is a new malformed_inputs_observed of a healthy surface", async () => {
    const since = await observe(null);
    await rehearsal.play("custom-command", "trigger-t3-malformed-request.json");
    const command = await sampleAfter("custom-command", since);
    expect(command.healthState).toBe("healthy");
    expect(newCodes(command)).toEqual(["malformed_inputs_observed"]);
  });

  it("T4: a denied step stands in the timeline, and counts as malformed", async () => {
    const since = await observe(null);
    await rehearsal.play("browser-automation", "trigger-t4-dangerous-button.json");
    const browser = await sampleAfter("browser-automation", since);
    expect(browser).toMatchObject({
      healthState: "healthy",
      timeline: [
        { replayStep: "success" },
        { replayStep: "malformed_input", statusCode: 403, errorCode: "browser_automation_unsafe_operation" },
      ],
    });
    expect(newCodes(browser)).toEqual(["malformed_inputs_observed"]);
  });

  it("T4: a summary that is gone is no run at all, and nothing else is new", async () => {
    const since = await observe(null);
    await rm(join(rehearsal.path, ".tau/demo-browser-automation-live/browser-live-summary.json"));
    expect(await sampleAfter("browser-automation", since)).toMatchObject({
      status: "missing",
      healthState: "failing",
      timeline: null,
      occurrences: [],
    });
    await rehearsal.play("browser-automation");
    expect(await sampleAfter("browser-automation", since)).toMatchObject({
      status: "ok",
      healthState: "healthy",
    });
  });

  it("T5: the failing harness run is one of this candidate", async () => {
    const unified = join(rehearsal.path, ".tau/live-run-unified");
    for (const file of ["report", "manifest"])
      await copyFile(
        join(rehearsal.path, `.gatehouse/triggers/t5-failing-harness-${file}.json`),
        join(unified, `${file}.json`),
      );
    const { harness } = await observe(null);
    expect(harness).toMatchObject({
      status: "ok",
      manifestProblem: "",
      overall: { status: "failed", failed_surfaces: 1 },
    });
    expect(harness.startedUnixMs).toBeGreaterThan(rehearsal.candidate.createdUnixMs);
  });
});

const attempts = rounds(5, 16);

describe("a cycle that is killed", () => {
  it(`never shows a check half of what it wrote (${attempts} times, seed ${seed})`, async () => {
    const random = createRandom(seed);
    const stateDir = join(rehearsal.path, ".tau/dashboard");
    const fixture = "fixtures/contract/dashboard-contract/snapshot-layout.json";
    const begin = () =>
      execa(
        process.execPath,
        [
          rehearsal.cliEntry,
          "--dashboard-contract-runner",
          "--dashboard-fixture",
          fixture,
          "--dashboard-state-dir",
          stateDir,
        ],
        { reject: false },
      );
    const started = performance.now();
    expect((await begin()).exitCode).toBe(0);
    const wholeMs = performance.now() - started;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const before = await observe(null);
      const cycle = begin();
      // At any point from its first instant to beyond its end.
      const kill = setTimeout(() => cycle.kill("SIGKILL"), wholeMs * 1.3 * random.next());
      for (let running = true; running;) {
        running = await Promise.race([cycle.then(() => false), observe(before).then(() => true)]);
        expect(await sampleAfter("dashboard", before)).toMatchObject({
          status: "ok",
          healthState: "healthy",
          occurrences: [],
          log: { problem: "" },
        });
      }
      clearTimeout(kill);
    }
    const { cycles } = sampleOf(await observe(null), "dashboard");
    await rehearsal.play("dashboard");
    expect(await sampleAfter("dashboard", healthy)).toMatchObject({
      healthState: "healthy",
      cycles: cycles + 1,
    });
  });
});
