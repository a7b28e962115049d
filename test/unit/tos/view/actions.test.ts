import { describe, expect, test } from "vitest";
import type { TosView } from "#contract/tos/view";
import { type TosOperation, tosOperations } from "#contract/tos/vocabulary";
import { tosView } from "#domain/tos/view/tos-view";
import { configText, jobLoop } from "../../../support/tos/base-script";
import { commit, factsOf, keptWorld, now, runOf, type World } from "../governance/project-world";

type Action = TosView["actions"][number];

function actionIn(change: (world: World) => void, operation: TosOperation, run?: string): Action {
  const world = keptWorld(run);
  change(world);
  const view = tosView(factsOf(world));
  expect(view.actions.map((action) => action.operation)).toEqual([...tosOperations]);
  const action = view.actions.find((one) => one.operation === operation);
  if (action === undefined) throw new Error(`no action ${operation}`);
  return action;
}

const loopAt =
  (index: number | null) =>
  (world: World): void => {
    world.files["config_v0_3.json"] = configText(jobLoop());
    const state = { current_phase: "done", current_step: 2, last_done: true, job_index: index };
    world.files["workspace/artifacts/phase_state.json"] = JSON.stringify(state);
    delete world.files["workspace/results/result_v2.txt"];
  };
const nothing = (): void => undefined;

const recovery = {
  recoveryId: "r",
  ref: "refs/gatehouse/recovery/r",
  unixMs: now,
  operator: "kim",
  reason: "",
  from: commit("fff", "Later"),
  toHash: "a",
  branch: "main",
  files: 1,
  state: "done",
} as const;

describe("what an action does, in words", () => {
  test("a test says that it calls both APIs, executes commands and uses up a job", () => {
    expect(actionIn(loopAt(2), "test").effects).toEqual([
      "Runs the orchestrator: calls both APIs, executes commands, and uses up job 2 of 3",
      "Draft and final decision: OpenAI model-o; review: Anthropic model-a",
      "Goes up to step 8; each command may take 120 s",
      "Then fails on deny, on fatal_error, without step logs, or on any step log with stopped=true",
    ]);
  });

  test("before the first job, and after -Clean, it is job 1", () => {
    expect(actionIn(loopAt(null), "run").effects[0]).toContain("uses up job 1 of 3");
    expect(actionIn(loopAt(3), "run").effects[0]).toContain("uses up job 3 of 3");
    expect(actionIn(loopAt(3), "cleanrun").effects.join("\n")).toContain("uses up job 1 of 3");
  });

  test("beyond the last job nothing is asked and nothing executed", () => {
    const { effects } = actionIn(loopAt(4), "run");
    expect(effects[0]).toContain("calls no model and executes nothing");
    expect(effects[1]).toContain("overwrites step_001.json");
  });

  test("without a job loop no job is used up; a script is not called an API", () => {
    expect(actionIn(nothing, "run").effects[0]).toBe(
      "Runs the orchestrator: calls both APIs and executes commands",
    );
    const scripted = (world: World): void => {
      world.provider = "scripted";
    };
    expect(actionIn(scripted, "run").effects[0]).toBe(
      "Runs the orchestrator: replays the scripted replies and executes commands",
    );
  });

  test("a result of an earlier run is told, for it ends the run at once", () => {
    expect(actionIn(nothing, "run").effects.join()).toContain("result_v2.txt of an earlier run is there");
    expect(actionIn(loopAt(1), "run").effects.join()).not.toContain("result_v2.txt");
  });

  test("a test that will fail because of an old log says so; a cleanrun names what it deletes", () => {
    expect(actionIn(nothing, "test", "04_deny_stop_true/run_1").effects.at(-1)).toBe(
      "Will fail: step_001.json of an earlier run has stopped=true",
    );
    expect(actionIn(nothing, "cleanrun", "04_deny_stop_true/run_1").effects[0]).toBe(
      "Deletes 1 step log, logs/phase_summary.json, workspace/artifacts/phase_state.json",
    );
  });

  test("folders of the configuration's own are not cleaned, and that is said", () => {
    const change = (world: World): void => {
      world.files["config_v0_3.json"] = configText({ workspace_dir: "ws2", logs_dir: "lg2" });
    };
    expect(actionIn(change, "cleanrun").effects[0]).toContain("(ws2, lg2) are not cleaned");
  });

  test("a checkpoint says how much it commits, a rollback that a test follows", () => {
    expect(actionIn(nothing, "checkpoint").effects[0]).toContain(
      "Makes an empty commit CHECKPOINT <name> on main",
    );
    const changed = (world: World): void => {
      world.repository = { ...world.repository, changeCount: 20 };
    };
    expect(actionIn(changed, "checkpoint").effects[0]).toContain("Commits 20 changed files on main");
    const rollback = actionIn(loopAt(2), "rollback").effects.join("\n");
    expect(rollback).toContain("Keeps everything that goes in a recovery ref first");
    expect(rollback).toContain("Then runs test -Clean by itself:");
    expect(rollback).toContain("uses up job 1 of 3");
    const keyless = (world: World): void => {
      world.keys = world.keys.map(({ name }) => ({ name, source: "missing" }));
    };
    expect(actionIn(keyless, "rollback").effects.at(-1)).toContain(
      "The automatic test will fail: OPENAI_API_KEY",
    );
  });
});

describe("what stands in the way of an action whatever is acknowledged", () => {
  const running = (world: World): void => {
    world.runs = [runOf({ state: "running", exitCode: null, endedUnixMs: null }), ...world.runs];
  };

  test.each(tosOperations)("%s waits for a run under way", (operation) => {
    expect(actionIn(running, operation).obstacles[0]).toBe("run of kim is under way: one at a time");
    expect(actionIn(running, operation).rules).toEqual([]);
  });

  test.each([
    ["run", []],
    ["test", []],
    ["cleanrun", []],
    ["checkpoint", []],
    ["rollback", []],
    ["undo", ["there is no rollback to undo"]],
    ["finish", ["no rollback was cut off"]],
    ["stash", ["the working tree is clean: there is nothing to put aside"]],
    ["discard", ["the working tree is clean: there is nothing to put aside"]],
  ] as const)("%s in a project in which nothing is wrong: %j", (operation, expected) => {
    expect(actionIn(nothing, operation)).toMatchObject({ obstacles: expected, rules: [] });
  });

  test.each<[string, (world: World) => void, RegExp]>([
    ["no configuration", (world) => delete world.files["config_v0_3.json"], /expected the configuration/],
    ["a broken one", (world) => (world.files["config_v0_3.json"] = "{"), /not valid JSON/],
    [
      "one the orchestrator would die of",
      (world) => (world.files["config_v0_3.json"] = configText({ workspace_dir: undefined })),
      /workspace_dir/,
    ],
    [
      "a missing key",
      (world) => (world.keys = [{ name: "OPENAI_API_KEY", source: "missing" }]),
      /^OPENAI_API_KEY: expected/,
    ],
    ["no interpreter", (world) => (world.python = { path: null, present: false }), /tos_python_path\.txt/],
    [
      "an interpreter that is gone",
      (world) => (world.python = { path: "/x", present: false }),
      /found "\/x"/,
    ],
  ])("%s stops whatever runs the orchestrator", (_, change, expected) => {
    for (const operation of ["run", "test", "cleanrun"] as const) {
      const { obstacles } = actionIn(change, operation);
      expect(obstacles).toHaveLength(1);
      expect(obstacles[0]).toMatch(expected);
    }
    expect(actionIn(change, "checkpoint").obstacles).toEqual([]);
    expect(actionIn(change, "rollback").obstacles).toEqual([]);
  });

  test("a phase state the orchestrator would die of stops a run, and a cleanrun removes it", () => {
    const change = (world: World): void => {
      world.files["workspace/artifacts/phase_state.json"] = "[1]";
    };
    expect(actionIn(change, "run").obstacles[0]).toContain("a cleanrun removes the file");
    expect(actionIn(change, "cleanrun").obstacles).toEqual([]);
  });

  test("after a rollback that was cut off, only finishing and undoing it are left", () => {
    const change = (world: World): void => {
      world.repository = {
        ...world.repository,
        interrupted: "r",
        recoveries: [{ ...recovery, files: 2, state: "open" }],
      };
    };
    for (const operation of tosOperations) {
      const { obstacles } = actionIn(change, operation);
      const mends = operation === "undo" || operation === "finish";
      expect(obstacles.some((line) => line.includes("cut off: finish it or undo it"))).toBe(!mends);
      if (mends) expect(obstacles).toEqual([]);
    }
    expect(actionIn(change, "undo").effects[0]).toContain(
      'back to fff000000000 "Later" and puts 2 kept files back',
    );
  });

  test("an undo, too, needs a clean tree, unless it takes back what was cut off", () => {
    const withRecovery =
      (change: Partial<World["repository"]>) =>
      (world: World): void => {
        world.repository = { ...world.repository, recoveries: [recovery], ...change };
      };
    expect(actionIn(withRecovery({}), "undo").obstacles).toEqual([]);
    expect(actionIn(withRecovery({ changeCount: 2 }), "undo").obstacles[0]).toContain(
      "working tree is dirty",
    );
    expect(actionIn(withRecovery({ changeCount: 2, interrupted: "r" }), "undo").obstacles).toEqual([]);
    expect(
      actionIn(withRecovery({ recoveries: [{ ...recovery, state: "undone" }] }), "undo").obstacles,
    ).toEqual(["there is no rollback to undo"]);
  });

  test("without a repository nothing of git can be done, and all else can", () => {
    const change = (world: World): void => {
      world.repository = { ...world.repository, state: "none", problem: "not a git repository", head: null };
    };
    for (const operation of ["checkpoint", "rollback", "stash", "discard"] as const)
      expect(actionIn(change, operation).obstacles).toContain("not a git repository");
    expect(actionIn(change, "run").obstacles).toEqual([]);
  });

  test("rules that can be acknowledged are rules, the rest are obstacles", () => {
    const change = (world: World): void => {
      world.closeout = false;
      world.repository = { ...world.repository, changeCount: 1 };
    };
    expect(actionIn(change, "cleanrun").rules.map(({ rule, class: weight }) => [rule, weight])).toEqual([
      ["G01", "warn"],
      ["G05", "block"],
    ]);
    expect(actionIn(change, "rollback")).toMatchObject({
      rules: [],
      obstacles: [expect.stringContaining("dirty")],
    });
  });
});

describe("job loop and runs", () => {
  test("the input's job name wins, and a figure that is none is none", () => {
    const world = keptWorld();
    world.files["config_v0_3.json"] = configText(jobLoop());
    world.files["workspace/artifacts/job_input.json"] = JSON.stringify({ job_name: "日次" });
    world.files["workspace/artifacts/phase_state.json"] =
      '{"job_index": 123456789012345678901234567890, "current_step": NaN}';
    const view = tosView(factsOf(world));
    expect(view.jobLoop).toMatchObject({ enabled: true, jobName: "日次", maxJobs: 3, complete: true });
    expect(view.jobLoop.input).toMatchObject({ present: true, problem: "" });
    expect(view.phase).toMatchObject({ currentStep: null, currentPhase: "" });
  });

  test.each(["", null, 0, {}])("a job name %j in the input changes nothing", (name) => {
    const world = keptWorld();
    world.files["config_v0_3.json"] = configText(jobLoop());
    world.files["workspace/artifacts/job_input.json"] = JSON.stringify({ job_name: name });
    expect(tosView(factsOf(world)).jobLoop.jobName).toBe("sample");
  });

  test("the run under way is apart from the ended ones, of which twenty are shown, newest first", () => {
    const world = keptWorld();
    const ended = Array.from({ length: 30 }, (_, index) => runOf({ runId: `run-${index}` }));
    world.runs = [runOf({ runId: "now", state: "cancelling" }), ...ended];
    const view = tosView(factsOf(world));
    expect(view.run?.runId).toBe("now");
    expect(view.runs.map(({ runId }) => runId)).toEqual(ended.slice(0, 20).map(({ runId }) => runId));
  });
});
