import type { TreeEntry } from "#contract/tos/repository";
import type { GovernanceRuleId } from "#contract/tos/vocabulary";
import { commit, runOf, type World } from "./project-world";

/** One record that breaks rules. Each changes something no other one touches, so that they can be had in any mixture. */
export interface Breach {
  readonly name: string;
  /** Exactly the rules that are not kept because of it. */
  readonly breaks: readonly GovernanceRuleId[];
  apply(world: World): void;
}

function dirty(world: World, path: string, kind: TreeEntry["kind"]): void {
  world.repository = {
    ...world.repository,
    changes: [...world.repository.changes, { path, kind, staged: false, unstaged: true }],
    changeCount: world.repository.changeCount + 1,
  };
}

function edit(world: World, path: string, change: (fields: Record<string, unknown>) => void): void {
  const fields = JSON.parse(world.files[path] ?? "{}") as Record<string, unknown>;
  change(fields);
  world.files[path] = JSON.stringify(fields, null, 2);
}

const state = "workspace/artifacts/phase_state.json";
const dirtyTree = ["G05", "G44", "G46"] as const;

export const breaches: readonly Breach[] = [
  {
    name: "no closeout",
    breaks: ["G01"],
    apply: (world) => {
      world.closeout = false;
    },
  },
  {
    name: "nobody has read the runbook",
    breaks: ["G03"],
    apply: (world) => {
      world.acknowledged = [];
    },
  },
  {
    name: "a key is missing",
    breaks: ["G04"],
    apply: (world) => {
      world.keys = world.keys.map((key) =>
        key.name === "OPENAI_API_KEY" ? { ...key, source: "missing" } : key,
      );
    },
  },
  {
    name: "commits after the checkpoint",
    breaks: ["G05", "G44"],
    apply: (world) => {
      world.repository = { ...world.repository, head: commit("bbb", "Edit a prompt") };
    },
  },
  {
    name: "an undefined key",
    breaks: ["G02", "G20", "G30"],
    apply: (world) => edit(world, "config_v0_3.json", (config) => (config["json_retry_prefix"] = "x")),
  },
  {
    name: "a defined key is missing",
    breaks: ["G02", "G21", "G30"],
    apply: (world) => edit(world, "config_v0_3.json", (config) => delete config["api_retry"]),
  },
  {
    name: "the orchestrator differs by a byte",
    breaks: ["G02", "G23", "G30"],
    apply: (world) => {
      world.programs["orchestrator_v0_3.py"] = "f".repeat(40);
    },
  },
  {
    name: "a tool differs",
    breaks: ["G02", "G24", "G30"],
    apply: (world) => {
      world.programs["tools/rollback.ps1"] = "e".repeat(40);
    },
  },
  {
    name: "a step log lacks a key",
    breaks: ["G02", "G27"],
    apply: (world) => edit(world, "logs/steps/step_001.json", (log) => delete log["job_payload_size"]),
  },
  {
    name: "a file in tools was changed",
    breaks: ["G30", ...dirtyTree],
    apply: (world) => dirty(world, "tools/helper.ps1", "untracked"),
  },
  {
    name: "an S-5 document was changed",
    breaks: ["G31", ...dirtyTree],
    apply: (world) => dirty(world, "docs/s5_definition.md", "modified"),
  },
  {
    name: "any other file was changed",
    breaks: dirtyTree,
    apply: (world) => dirty(world, "docs/runbook.md", "modified"),
  },
  {
    name: "a log would be committed",
    breaks: ["G32", ...dirtyTree],
    apply: (world) => dirty(world, "logs/steps/step_009.json", "untracked"),
  },
  {
    name: "a result is in git",
    breaks: ["G32"],
    apply: (world) => {
      world.trackedRunFiles = ["workspace/results/result_v2.txt"];
    },
  },
  {
    name: "a key stands in a log",
    breaks: ["G33"],
    apply: (world) => {
      world.leaks.push({ path: "logs/steps/step_001.json", key: "OPENAI_API_KEY" });
    },
  },
  {
    name: "no cleanrun on record",
    breaks: ["G40"],
    apply: (world) => {
      world.runs = world.runs.filter(({ operation }) => operation !== "cleanrun");
    },
  },
  {
    name: "the last test failed",
    breaks: ["G41"],
    apply: (world) => {
      world.runs = [
        runOf({ operation: "test", runId: "20261121T083000Z-aaaa", exitCode: 1, endReason: "test failed" }),
        ...world.runs,
      ];
    },
  },
  {
    name: "in the middle of a job loop",
    breaks: ["G42"],
    apply: (world) => edit(world, state, (phase) => (phase["job_index"] = 2)),
  },
  {
    name: "a run is under way",
    breaks: ["G43"],
    apply: (world) => {
      world.runs = [
        runOf({ runId: "20261121T084000Z-bbbb", state: "running", exitCode: null, endedUnixMs: null }),
        ...world.runs,
      ];
    },
  },
  {
    name: "no last checkpoint",
    breaks: ["G05", "G44"],
    apply: (world) => {
      world.repository = { ...world.repository, lastCheckpoint: null };
    },
  },
];
