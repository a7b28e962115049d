import { describe, expect, test } from "vitest";
import { reactionSchema } from "#contract/tos/governance";
import { reactionsOf } from "#domain/tos/governance/reactions";
import { factsOf, keptWorld, runOf, type World } from "./project-world";

const state = "workspace/artifacts/phase_state.json";

/** Reactions as `gravity level title`, after changes to a recorded project whose runs are forgotten. */
function reactionsIn(run: string, change: (world: World) => void = () => undefined): string[] {
  const world = keptWorld(run);
  world.runs = [];
  change(world);
  return reactionsOf(factsOf(world)).map((reaction) => {
    reactionSchema.parse(reaction);
    expect(reaction.guidance).not.toBe("");
    return `${reaction.gravity} ${reaction.level ?? "-"} ${reaction.title}`;
  });
}

function edit(world: World, path: string, fields: Readonly<Record<string, unknown>>): void {
  world.files[path] = JSON.stringify({ ...(JSON.parse(world.files[path] ?? "{}") as object), ...fields });
}

describe("how a phase is to be read", () => {
  test.each([
    ["02_one_step_done/run_1", ["normal - Done: the goal is reached"]],
    ["19_job_loop_3/run_4", ["normal - Job loop complete"]],
    ["04_deny_stop_true/run_1", ["attention 1 Denied: configuration or prompt", "attention - Halted"]],
    ["10_api_fail_draft/run_1", ["stop 3 Fatal error: API or system", "attention - Halted"]],
    ["33_max_steps/run_1", ["attention - Ended without goal"]],
    ["84_resume_execute_crash/run_1", ["attention 2 A run was cut off between two steps"]],
    [
      "10_api_fail_draft/run_2",
      ["normal - Done: the goal is reached", "attention - An earlier step was halted"],
    ],
  ])("%s: %j", (run, expected) => {
    expect(reactionsIn(run).toSorted()).toEqual([...expected].toSorted());
  });

  test("of several halted steps the last one is shown", () => {
    const world = keptWorld("85_deny_then_config_fix_log_remains/run_1");
    const [path = ""] = Object.keys(world.files).filter((name) => name.startsWith("logs/steps/"));
    world.files["logs/steps/step_009.json"] = world.files[path] ?? "";
    world.runs = [];
    const halted = reactionsOf(factsOf(world)).find(({ title }) => title === "Halted");
    expect(halted?.record?.path).toBe("logs/steps/step_009.json");
  });

  test("row 130: a phase that no run writes is unexpected", () => {
    const change = (phase: unknown) => (world: World) => edit(world, state, { current_phase: phase });
    expect(reactionsIn("02_one_step_done/run_1", change("weird"))).toEqual([
      "stop 2 Unexpected phase: weird",
    ]);
    expect(reactionsIn("02_one_step_done/run_1", change("S-5"))).toEqual(["stop 2 Unexpected phase: S-5"]);
    expect(reactionsIn("02_one_step_done/run_1", change(null))).toEqual([
      "stop 2 Unexpected phase: none given",
    ]);
  });

  test("row 131: a fatal error suggests level 3", () => {
    expect(reactionsIn("11_api_fail_review/run_1")[0]).toBe("stop 3 Fatal error: API or system");
  });

  test("a denial whose rule is not known is level 2", () => {
    const change = (world: World): void =>
      edit(world, state, { last_done_reason: "deny: for reasons of its own" });
    expect(reactionsIn("04_deny_stop_true/run_1", change)[0]).toBe(
      "attention 2 Denied: configuration or prompt",
    );
    expect(reactionsIn("08_default_action_deny/run_1")[0]).toBe(
      "attention 1 Denied: configuration or prompt",
    );
  });

  test("while a run is under way, a state between two steps is no incident; cancelled, it says so", () => {
    const running = runOf({ state: "running", exitCode: null, endedUnixMs: null });
    expect(reactionsIn("84_resume_execute_crash/run_1", (world) => (world.runs = [running]))).toEqual([]);
    expect(
      reactionsIn("84_resume_execute_crash/run_1", (world) =>
        edit(world, "logs/phase_summary.json", { end_reason: "cancelled: enough" }),
      ),
    ).toEqual(["attention - Cancelled between two steps"]);
  });
});

describe("conditions under which everything stops at once", () => {
  /** A project of these phases, step for step, ending as the last of them. */
  function afterSteps(phases: readonly string[]): string[] {
    return reactionsIn("02_one_step_done/run_1", (world) => {
      const template = world.files["logs/steps/step_001.json"] ?? "";
      for (const path of Object.keys(world.files))
        if (path.startsWith("logs/steps/")) delete world.files[path];
      for (const [index, phase] of phases.entries()) {
        const path = `logs/steps/step_${String(index + 1).padStart(3, "0")}.json`;
        world.files[path] = template;
        edit(world, path, { phase, step_num: index + 1, message: phase === "deny" ? "deny: x" : null });
      }
      edit(world, state, { current_phase: "done", current_step: phases.length });
    });
  }
  const denials = (count: number): string => `stop 2 ${count} denials in a row`;

  test("row 129: three denials one after the other", () => {
    expect(afterSteps(["deny", "deny", "deny"])).toContain(denials(3));
    expect(afterSteps(["execute", "deny", "deny", "deny", "deny"])).toContain(denials(4));
  });

  test.each([
    [["deny", "deny"]],
    [["deny", "deny", "execute", "deny"]],
    [["deny", "deny", "deny", "execute", "done"]],
  ])("%j is none", (phases) => {
    expect(afterSteps(phases).filter((line) => line.includes("in a row"))).toEqual([]);
  });

  test("that the run ended without goal does not break the row up", () => {
    expect(afterSteps(["deny", "deny", "deny", "max_steps_reached"])).toContain(denials(3));
  });

  test("step logs that the phase state has gone past must be there", () => {
    const missing = "stop 2 Step logs are missing";
    expect(
      reactionsIn("02_one_step_done/run_1", (world) => delete world.files["logs/steps/step_001.json"]),
    ).toContain(missing);
    expect(
      reactionsIn("04_deny_stop_true/run_1", (world) => delete world.files["logs/steps/step_001.json"]),
    ).toContain(missing);
  });

  test.each([
    ["{", "expected JSON"],
    ["[]", "expected a JSON object"],
    [JSON.stringify({ job_name: "sample" }), "max_jobs: expected a number, found nothing"],
  ])("job_result.json holding %s", (text, reason) => {
    const world = keptWorld("19_job_loop_3/run_4");
    world.files["workspace/artifacts/job_result.json"] = text;
    const [first] = reactionsOf(factsOf(world));
    expect(first).toMatchObject({ gravity: "stop", title: "job_result.json is broken or abnormal" });
    expect(first?.guidance).toContain(reason);
  });

  test("a job result that counts other jobs, or is missing after completion, is abnormal", () => {
    const abnormal = "stop 2 job_result.json is broken or abnormal";
    const path = "workspace/artifacts/job_result.json";
    expect(reactionsIn("19_job_loop_3/run_4", (world) => edit(world, path, { jobs_executed: 2 }))).toContain(
      abnormal,
    );
    expect(
      reactionsIn("19_job_loop_3/run_4", (world) => edit(world, path, { last_phase: "deny" })),
    ).toContain(abnormal);
    expect(reactionsIn("19_job_loop_3/run_4", (world) => delete world.files[path])).toContain(abnormal);
  });

  test.each([state, "logs/steps/step_002.json", "config_v0_3.json"])("%s cut in half is damage", (path) => {
    const change = (world: World): void => {
      world.files[path] = world.files[path]?.slice(0, 100) ?? "";
    };
    expect(reactionsIn("02_one_step_done/run_1", change)).toContain("stop 2 Damaged files");
  });

  test("a key in a file is a matter of security", () => {
    const change = (world: World): void => {
      world.leaks.push({ path: "logs/steps/step_001.json", key: "OPENAI_API_KEY" });
    };
    expect(reactionsIn("02_one_step_done/run_1", change)[0]).toBe("stop 3 An API key stands in a file");
  });
});

describe("tests, vanished runs and rollbacks that were cut off", () => {
  test.each([
    [{ operation: "test", exitCode: 0 }, "normal - Test passed"],
    [{ operation: "test", exitCode: 1, endReason: "test failed" }, "attention 2 Test did not pass"],
    [{ operation: "run", state: "vanished", exitCode: null }, "attention 2 The last run vanished"],
  ] as const)("%j: %s", (given, expected) => {
    expect(reactionsIn("02_one_step_done/run_1", (world) => (world.runs = [runOf(given)]))).toContain(
      expected,
    );
  });

  test("gravest first", () => {
    const lines = reactionsIn("10_api_fail_draft/run_1", (world) => {
      world.runs = [runOf({ operation: "test" })];
      world.repository = { ...world.repository, interrupted: "20261121T080000Z-1f3a" };
    });
    expect(lines.map((line) => line.split(" ", 1)[0])).toEqual(["stop", "stop", "attention", "normal"]);
  });

  test("an empty project says nothing", () => {
    const nothing = (world: World): void => {
      world.files = { "config_v0_3.json": world.files["config_v0_3.json"] ?? "" };
    };
    expect(reactionsIn("02_one_step_done/run_1", nothing)).toEqual([]);
  });
});
