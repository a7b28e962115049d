import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SurfaceId } from "#contract/identity";
import { createSurfaceDriver } from "../../../main/drivers/surface-driver";
import type { SurfaceDriver, Workspace } from "../../../main/host/ports";
import { systemClock } from "../../../main/system/clock";
import { prepareDemoWorkspace } from "../../../main/workspace/demo";
import { openWorkspace } from "../../../main/workspace/workspace";
import { ensureBuilt } from "../../support/build";
import { runToEnd } from "./harness";

interface Event {
  health_state: string;
  reason_codes: string[];
  duplicate_skips: number;
  backlog_cases: number;
  malformed_cases: number;
  failure_streak: number;
}

let home: string;
let workspace: Workspace;
let cliEntry: string;
beforeAll(async () => {
  cliEntry = join(await ensureBuilt(), "main", "cli.js");
  home = await mkdtemp(join(tmpdir(), "gatehouse-demo-cycles-"));
  await cp("fixtures/demo", join(home, "shipped"), { recursive: true });
  const path = await prepareDemoWorkspace({
    shippedDirectory: join(home, "shipped"),
    environment: { GATEHOUSE_DATA_DIR: join(home, "data") },
    platform: process.platform,
    homeDirectory: home,
  });
  workspace = await openWorkspace(path, systemClock);
});
afterAll(async () => {
  await workspace.dispose();
  await rm(home, { recursive: true, force: true });
});

function open(surface: SurfaceId): SurfaceDriver {
  return createSurfaceDriver({
    surface,
    workspace,
    settings: { ...workspace.surfaceSettings(surface), autoStart: false } as ReturnType<
      Workspace["surfaceSettings"]
    >,
    clock: systemClock,
    nodeExecutable: process.execPath,
    cliEntry,
  });
}

/** Runs the surface's playlist `rounds` times through the command line; every run must be clean. */
async function play(surface: SurfaceId, rounds: number): Promise<Event[]> {
  const driver = open(surface);
  const cycles = driver.view().fixtures.length * rounds;
  for (let cycle = 0; cycle < cycles; cycle++) {
    const run = await runToEnd(driver);
    expect(run).toMatchObject({
      outcome: "succeeded",
      detail: "",
      fixture: driver.view().fixtures[cycle % (cycles / rounds)],
    });
    expect(driver.output(run.runId, 0)).toHaveLength(2);
  }
  await driver.dispose();
  const log = await readFile(join(workspace.path, ".tau", surface, "runtime-events.jsonl"), "utf8");
  const events = log
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);
  expect(events).toHaveLength(cycles);
  // Case ids are unique from cycle to cycle, so nothing is ever skipped as a duplicate.
  expect(events.every((event) => event.duplicate_skips === 0)).toBe(true);
  return events;
}

const states = (events: readonly Event[]): string => events.map((event) => event.health_state[0]).join("");

describe("the demo's stories, played by the real runners", () => {
  it("voice is healthy all the time", async () => {
    const events = await play("voice", 2);
    expect(states(events)).toBe("hhhhhh");
    expect(events[0]?.reason_codes).toEqual(["wake_word_detected", "turns_handled"]);
  });

  it("browser automation is degraded for one cycle when the payment provider is down", async () => {
    const events = await play("browser-automation", 2);
    expect(states(events)).toBe("hdhhhhhdhhhh");
    expect(events[3]?.reason_codes).toEqual(["action_limit_guardrail_denied", "unsafe_actions_denied"]);
  });

  it("dashboard is healthy and its controls are used", async () => {
    const events = await play("dashboard", 2);
    expect(states(events)).toBe("hhhhhh");
    expect(events[2]?.reason_codes).toEqual(["widget_views_updated", "control_actions_applied"]);
  });

  it("custom command has backlog and malformed inputs and stays healthy", async () => {
    const events = await play("custom-command", 2);
    expect(states(events)).toBe("hhhh");
    expect(events[0]).toMatchObject({ backlog_cases: 2, malformed_cases: 2 });
    expect(events[1]).toMatchObject({ backlog_cases: 0, malformed_cases: 0 });
  });

  it("memory fails three times in a row, is failing, and recovers", async () => {
    const events = await play("memory", 2);
    expect(states(events)).toBe("hddfhhhhhddfhhhh");
    expect(events.map((event) => event.failure_streak).slice(0, 5)).toEqual([0, 1, 2, 3, 0]);
  });

  it("offers every shipped fixture, checked by its runner", async () => {
    for (const surface of ["voice", "browser-automation", "dashboard", "custom-command", "memory"] as const) {
      const driver = open(surface);
      const choices = await driver.fixtures();
      expect(choices.length).toBeGreaterThanOrEqual(2);
      for (const choice of choices) {
        expect(choice).toMatchObject({ error: null });
        expect(choice.cases).toBeGreaterThan(0);
        expect(choice.name).not.toContain("/");
        expect(choice.description).not.toBe("");
      }
      expect(new Set(choices.map((choice) => choice.path)).size).toBe(choices.length);
      await driver.dispose();
    }
  });
});
