import { describe, expect, test } from "vitest";
import { ruleNoticeSchema } from "#contract/tos/view";
import { tosOperations } from "#contract/tos/vocabulary";
import { judgeProject } from "#domain/tos/governance/judge-project";
import { type NoticeContext, type RuledOperation, ruleNotices } from "#domain/tos/governance/rule-notices";
import { configText } from "../../../support/tos/base-script";
import { breaches } from "./breaches";
import { commit, factsOf, keptWorld, runOf, type World } from "./project-world";

/** What bites when one record is wrong: `rule class`, with `!` where no acknowledgement helps. */
function biting(
  operation: RuledOperation,
  change: (world: World) => void,
  context: Partial<NoticeContext> = {},
): string[] {
  const world = keptWorld();
  change(world);
  const { reading, repository, runs, now } = factsOf(world);
  const findings = judgeProject(reading, repository, runs, now);
  return ruleNotices(operation, findings, reading, { repository, ...context }).map((notice) => {
    ruleNoticeSchema.parse(notice);
    expect(notice.text).not.toBe("");
    return `${notice.rule} ${notice.class}${notice.overridable ? "" : "!"}`;
  });
}

const after =
  (name: string) =>
  (world: World): void => {
    const breach = breaches.find((one) => one.name === name);
    if (breach === undefined) throw new Error(`no breach "${name}"`);
    breach.apply(world);
  };

test.each([...tosOperations, "save-config"] as const)(
  "nothing stands in the way of %s in a kept project",
  (operation) => {
    expect(biting(operation, () => undefined)).toEqual([]);
    expect(biting(operation, () => undefined, { clean: true })).toEqual([]);
  },
);

const everything = { run: 1, test: 1, cleanrun: 1 } as const;

describe.each(Object.keys(everything) as (keyof typeof everything)[])("what bites %s", (operation) => {
  test.each([
    ["no closeout", ["G01 warn"]],
    ["nobody has read the runbook", []],
    ["a key is missing", ["G04 block!"]],
    ["an undefined key", ["G20 block"]],
    ["a defined key is missing", ["G21 block"]],
    ["the orchestrator differs by a byte", ["G23 block"]],
    ["a tool differs", ["G24 block"]],
    ["a step log lacks a key", ["G27 warn"]],
    ["a key stands in a log", ["G33 warn"]],
    ["a run is under way", ["G43 block!"]],
    ["a result is in git", []],
  ])("%s: %j", (name, expected) => {
    expect(biting(operation, after(name))).toEqual(expected);
  });

  test("a missing checkpoint blocks a cleanrun and warns before the others (G05)", () => {
    const expected = operation === "cleanrun" ? "G05 block" : "G05 warn";
    expect(biting(operation, after("commits after the checkpoint"))).toEqual([expected]);
  });
});

describe("the order of modes", () => {
  test("row 127: a run after a failed test is blocked; the test itself and a cleanrun are not", () => {
    expect(biting("run", after("the last test failed"))).toEqual(["G41 block"]);
    expect(biting("test", after("the last test failed"))).toEqual([]);
    expect(biting("cleanrun", after("the last test failed"))).toEqual([]);
  });

  test("a test that passed since, or the automatic one of a rollback, lets runs go on", () => {
    for (const operation of ["test", "rollback"] as const) {
      const change = (world: World): void => {
        after("the last test failed")(world);
        world.runs = [runOf({ operation, runId: "20261121T085000Z-cccc" }), ...world.runs];
      };
      expect(biting("run", change)).toEqual([]);
    }
  });

  test.each([
    { operation: "test", state: "vanished", exitCode: null, endReason: "its process is gone" },
    { operation: "test", state: "ended", exitCode: 1, endReason: "cancelled: enough" },
    { operation: "rollback", state: "ended", exitCode: 1, endReason: "test after rollback failed" },
  ] as const)("$operation $state $endReason counts as a test that did not pass", (given) => {
    expect(biting("run", (world) => (world.runs = [runOf(given), ...world.runs]))).toEqual(["G41 block"]);
  });

  test("a rollback that was refused says nothing of a test", () => {
    const refused = runOf({ operation: "rollback", exitCode: 1, endReason: "error: working tree is dirty" });
    expect(biting("run", (world) => (world.runs = [refused, ...world.runs]))).toEqual([]);
  });

  test("a test or a cleanrun that the rules refused never took place", () => {
    const refused = { exitCode: 1, endReason: "governance: refused by G20" } as const;
    const tested = runOf({ operation: "test", ...refused });
    expect(biting("run", (world) => (world.runs = [tested, ...world.runs]))).toEqual([]);
    const cleaned = runOf({ operation: "cleanrun", clean: true, ...refused });
    expect(biting("run", (world) => (world.runs = [cleaned]))).toEqual(["G40 warn"]);
  });

  test("a run or a test with -Clean, and a rollback with its test, have cleaned as well as a cleanrun", () => {
    for (const given of [
      { operation: "run", clean: true },
      { operation: "test", clean: true },
      { operation: "rollback" },
    ] as const)
      expect(biting("run", (world) => (world.runs = [runOf(given)]))).toEqual([]);
    const failed = runOf({
      operation: "rollback",
      exitCode: 1,
      endReason: "rollback failed with exit code 1",
    });
    expect(biting("run", (world) => (world.runs = [failed]))).toEqual(["G40 warn"]);
  });

  test("row 128: a cleanrun with job_index 2 and phase done is warned of; also as -Clean", () => {
    const change = after("in the middle of a job loop");
    expect(biting("cleanrun", change)).toEqual(["G42 warn"]);
    expect(biting("run", change, { clean: true })).toEqual(["G42 warn"]);
    expect(biting("test", change, { clean: true })).toEqual(["G42 warn"]);
    expect(biting("run", change)).toEqual([]);
    expect(biting("test", change)).toEqual([]);
  });

  test("a cleanrun after the whole job loop loses nothing", () => {
    const world = keptWorld("19_job_loop_3/run_4");
    expect(JSON.parse(world.files["workspace/artifacts/phase_state.json"] ?? "")).toMatchObject({
      job_index: 4,
    });
    const { reading, repository, runs, now } = factsOf(world);
    const findings = judgeProject(reading, repository, runs, now);
    expect(findings.find(({ rule }) => rule === "G42")?.status).toBe("kept");
  });

  test("a run before any cleanrun is warned of, also in a clean state; a cleanrun is not", () => {
    expect(biting("run", after("no cleanrun on record"))).toEqual(["G40 warn"]);
    const cleaned = (world: World): void => {
      world.files = { "config_v0_3.json": world.files["config_v0_3.json"] ?? "" };
    };
    expect(biting("run", cleaned)).toEqual(["G40 warn"]);
    expect(biting("run", cleaned, { clean: true })).toEqual([]);
    expect(biting("cleanrun", cleaned)).toEqual([]);
  });
});

describe("what could not be decided counts as not kept", () => {
  test.each<[string, RuledOperation, (world: World) => void, string[]]>([
    ["git could not be asked", "checkpoint", (world) => (world.trackedRunFiles = null), ["G32 warn"]],
    ["a file was not searched", "run", (world) => world.unsearched.push("logs/a"), ["G33 warn"]],
    [
      "changes were not looked at",
      "checkpoint",
      (world) => (world.repository = { ...world.repository, changeCount: 501 }),
      ["G31 block"],
    ],
  ])("%s: %s", (_, operation, change, expected) => {
    expect(biting(operation, change)).toEqual(expected);
  });
});

describe("checkpoint, rollback and the rest", () => {
  test("a run that is being cancelled is still under way", () => {
    const cancelling = runOf({ state: "cancelling", exitCode: null });
    expect(biting("checkpoint", (world) => (world.runs = [cancelling]))).toEqual(["G43 block!"]);
  });

  test("a changed log that git tracks is told once, as tracked", () => {
    const change = (world: World): void => {
      const entry = { path: "logs/a.json", kind: "modified", staged: false, unstaged: true } as const;
      world.repository = { ...world.repository, changes: [entry], changeCount: 1 };
    };
    expect(biting("checkpoint", change)).toEqual([]);
    expect(
      biting("checkpoint", (world) => {
        change(world);
        world.trackedRunFiles = ["logs/a.json"];
      }),
    ).toEqual(["G32 warn"]);
  });

  test.each([
    ["a file in tools was changed", ["G30 warn"]],
    ["an S-5 document was changed", ["G31 block"]],
    ["a log would be committed", ["G32 warn"]],
    ["a result is in git", ["G32 warn"]],
    ["an undefined key", ["G30 warn"]],
    ["any other file was changed", []],
    ["a key is missing", []],
    ["a run is under way", ["G43 block!"]],
  ])("checkpoint, %s: %j", (name, expected) => {
    expect(biting("checkpoint", after(name))).toEqual(expected);
  });

  test("row 125: a rollback from a dirty tree is impossible, whatever the target", () => {
    const change = after("any other file was changed");
    expect(biting("rollback", change)).toEqual(["G46 block!"]);
    expect(biting("rollback", change, { target: "abc" })).toEqual(["G46 block!"]);
  });

  test("a rollback needs a target or a last checkpoint", () => {
    expect(biting("rollback", after("no last checkpoint"))).toEqual(["G46 block!"]);
    expect(biting("rollback", after("no last checkpoint"), { target: "abc" })).toEqual([]);
  });

  test("a last checkpoint that is no commit of the repository is no target", () => {
    const change = (world: World): void => {
      const { lastCheckpoint } = world.repository;
      if (lastCheckpoint === null) throw new Error("expected a last checkpoint");
      world.repository = { ...world.repository, lastCheckpoint: { ...lastCheckpoint, resolves: false } };
    };
    expect(biting("rollback", change)).toEqual(["G46 block!"]);
    expect(biting("run", change)).toEqual(["G05 warn"]);
  });

  test("row 134: after a checkpoint that left last_checkpoint.txt behind, a rollback without a target is warned of", () => {
    const change = (world: World): void => {
      world.repository = { ...world.repository, head: commit("ccc", "CHECKPOINT daily_20261121") };
    };
    expect(biting("rollback", change)).toEqual(["G05 warn"]);
    expect(biting("rollback", change, { target: "ccc" })).toEqual([]);
    // HEAD is a checkpoint all the same: there is a state to go back to.
    expect(biting("cleanrun", change)).toEqual([]);
    const world = keptWorld();
    change(world);
    const { reading, repository, runs, now } = factsOf(world);
    const finding = judgeProject(reading, repository, runs, now).find(({ rule }) => rule === "G05");
    expect(finding?.status).toBe("kept");
    expect(finding?.details.join()).toContain(
      "names the older aaa000000000: a rollback without a target would go there",
    );
  });

  test("the text that is to be saved is judged, not the one on disk", () => {
    const bad = configText({ json_retry_prefix: "x", max_steps: undefined });
    expect(biting("save-config", () => undefined, { configText: bad })).toEqual(["G20 block", "G21 block"]);
    expect(biting("save-config", after("an undefined key"), { configText: configText() })).toEqual([]);
    expect(biting("save-config", () => undefined, { configText: "{" })).toEqual(["G21 block!"]);
    expect(biting("save-config", after("no last checkpoint"), { configText: configText() })).toEqual([
      "G44 warn",
    ]);
  });

  test("a configuration that is missing or no JSON is left to the orchestrator's own words", () => {
    expect(biting("run", (world) => delete world.files["config_v0_3.json"])).toEqual([]);
    expect(biting("run", (world) => (world.files["config_v0_3.json"] = "{"))).toEqual([]);
  });

  test("keys are not asked for with the scripted provider (G04)", () => {
    const change = (world: World): void => {
      world.provider = "scripted";
      world.keys = world.keys.map(({ name }) => ({ name, source: "not-needed" }));
    };
    expect(biting("run", change)).toEqual([]);
  });
});
