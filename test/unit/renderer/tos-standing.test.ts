import { describe, expect, it } from "vitest";
import type { TosRunView } from "#contract/tos/progress";
import type { PhaseStateView, TosView } from "#contract/tos/view";
import { runPhases } from "#contract/tos/vocabulary";
import {
  phaseStanding,
  projectStanding,
  projectStandingSince,
  runStanding,
  tosGuidance,
  tosStandings,
  tosStandingWords,
  tosTitle,
  tosTone,
} from "../../../renderer/src/state/tos-standing";

const phase = (currentPhase: string, modifiedUnixMs = 1_000): PhaseStateView =>
  ({ currentPhase, modifiedUnixMs, problem: "" }) as PhaseStateView;
const run = (change: Partial<TosRunView>): TosRunView =>
  ({
    operation: "run",
    state: "ended",
    exitCode: 0,
    endReason: "done",
    startedUnixMs: 500,
    endedUnixMs: 900,
    step: null,
    ...change,
  }) as TosRunView;
const view = (change: Partial<TosView>): TosView =>
  ({ run: null, runs: [], phase: phase("done"), ...change }) as TosView;

describe("standing of the task orchestrator", () => {
  it("gives every phase a run writes its own word, and every other one the word for that", () => {
    for (const known of runPhases) expect(phaseStanding(phase(known))).toBe(known);
    expect(phaseStanding(phase("S-5"))).toBe("unexpected");
    expect(phaseStanding(phase("Deny"))).toBe("unexpected");
    expect(phaseStanding({ ...phase("done"), problem: "phase_state.json: no object" })).toBe("unreadable");
    expect(phaseStanding(null)).toBe("never-run");
  });

  it("tells the endings apart by word, hue and guidance", () => {
    const endings = [
      "deny",
      "fatal_error",
      "stopped",
      "max_steps_reached",
      "done",
      "job_loop_complete",
      "vanished",
      "cancelled",
    ] as const;
    for (const tell of [tosTone, (each: (typeof endings)[number]) => tosGuidance[each]])
      expect(new Set(endings.map((each) => tell(each))).size).toBe(endings.length);
    expect(new Set(tosStandings.map((each) => tosStandingWords[each])).size).toBe(tosStandings.length);
  });

  it.each<[Partial<TosRunView>, string]>([
    [{ endReason: "done (job 1/3 completed)" }, "done"],
    [{ endReason: "deny: type 'x' は許可されていない", exitCode: 1 }, "deny"],
    [{ endReason: "fatal_error: draft生成失敗", exitCode: 1 }, "fatal_error"],
    [{ endReason: "max_steps_reached: 8" }, "max_steps_reached"],
    [{ endReason: "job_loop_complete: max_jobs(3)に到達" }, "job_loop_complete"],
    [{ endReason: "cancelled: wrong input", exitCode: 1 }, "cancelled"],
    [{ operation: "test", endReason: "done", exitCode: 1 }, "failed"],
    [{ operation: "test", endReason: "test passed" }, "succeeded"],
    [{ endReason: "config_v0_3.json: no JSON", exitCode: 1 }, "failed"],
    [{ operation: "checkpoint", endReason: "done" }, "succeeded"],
    [{ state: "vanished", exitCode: null, endReason: "its process is gone" }, "vanished"],
    [{ state: "cancelling", exitCode: null, endReason: "" }, "cancelling"],
  ])("of a run with %o is %s", (change, standing) => {
    expect(runStanding(run(change))).toBe(standing);
  });

  it("is that of the run under way, then of a newer run that left no phase, then of the phase", () => {
    const running = run({ state: "running", startedUnixMs: 2_000, step: 3 });
    expect(projectStanding(view({ run: running }))).toBe("running");
    expect(projectStandingSince(view({ run: running }))).toBe(2_000);
    const cancelled = run({ endReason: "cancelled: x", exitCode: 1, endedUnixMs: 3_000 });
    expect(projectStanding(view({ runs: [cancelled] }))).toBe("cancelled");
    expect(projectStandingSince(view({ runs: [cancelled] }))).toBe(3_000);
    expect(projectStanding(view({ runs: [cancelled], phase: phase("done", 4_000) }))).toBe("done");
    expect(projectStanding(view({ runs: [run({ state: "vanished", endedUnixMs: null })] }))).toBe("vanished");
    expect(projectStanding(view({ phase: null }))).toBe("never-run");
    expect(projectStandingSince(view({ phase: null }))).toBeNull();
  });

  it("is in the window's title only when there is something to tell", () => {
    expect(tosTitle(null)).toBe("");
    expect(tosTitle(view({}))).toBe("");
    expect(tosTitle(view({ phase: phase("deny") }))).toBe("TOS denied · ");
    expect(tosTitle(view({ run: run({ state: "running", step: 3 }) }))).toBe("TOS running step 3 · ");
  });
});
