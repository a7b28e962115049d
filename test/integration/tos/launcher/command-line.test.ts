import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { progressEntries } from "#domain/tos/runs/progress-line";
import {
  launchScript,
  type Launched,
  launcherPrograms,
  openingLines,
  openLauncherProject,
  recordedRuns,
  startLauncher,
} from "../../../support/tos/launched";
import type { RunScript } from "../../../support/tos/orchestrated-run";

const usage = [
  "usage cc_run.ps1 -Mode run|test|cleanrun|checkpoint|rollback -Clean -SummaryFile path",
  "  checkpoint: -CheckpointName <text>",
  "  rollback: -TargetCommit <hash> (optional, uses last_checkpoint.txt if not specified)",
];
const head = (mode: string): string[] => ["TOS cc_run start", "Root <BASE>", `Mode ${mode}`];

const programs = launcherPrograms();
const recorded = recordedRuns();

async function writeSettings(root: string, settings: unknown): Promise<void> {
  await mkdir(join(root, ".gatehouse"));
  await writeFile(join(root, ".gatehouse/tos.json"), JSON.stringify(settings));
}

const empty: RunScript = { config: null, pythonPath: null };
const textOf = ({ tree }: Launched, path: string): string => {
  const bytes = tree.get(path);
  if (bytes === undefined) throw new Error(`there is no ${path} among ${[...tree.keys()].join(", ")}`);
  return Buffer.from(bytes).toString("utf8");
};

describe("a command line that says nothing to do (row 110)", () => {
  test.each([
    [["run"], "error: unexpected argument"],
    [[], ""],
    [["-Mode", "foo"], ""],
    [["-Mode", "undo"], ""],
  ])("%j", async (args, complaint) => {
    const launched = await launchScript(empty, programs(), args);
    expect(launched.stdout).toEqual(complaint === "" ? usage : []);
    expect(launched.stderr.join("\n")).toContain(complaint);
    expect(launched.exitCode).toBe(1);
    // Nothing else: no lock, no progress, no folder.
    expect([...launched.tree.keys()]).toEqual([]);
  });

  test("a checkpoint without a name, a rollback without a target", async () => {
    const [checkpoint, rollback] = await Promise.all([
      launchScript(empty, programs(), ["-Mode", "checkpoint"]),
      launchScript(empty, programs(), ["-Mode", "Rollback"]),
    ]);
    expect(checkpoint.stdout).toEqual([
      ...head("checkpoint"),
      "error: -CheckpointName required for checkpoint mode",
      ...usage,
    ]);
    expect(rollback.stdout).toEqual([
      ...head("Rollback"),
      "error: -TargetCommit required (no last_checkpoint.txt found)",
      ...usage,
    ]);
    expect([checkpoint.exitCode, rollback.exitCode]).toEqual([1, 1]);
  });
});

describe("what is checked before the orchestrator", () => {
  const withPython = (pythonPath: string | null): RunScript => ({
    ...recorded("02_one_step_done/run_1").script,
    pythonPath,
  });

  test("a mode in upper case is taken (row 111); missing keys end the launch in init, after the cleanup (row 60)", async () => {
    const { script } = recorded("19_job_loop_3/run_5");
    const environment = { OPENAI_API_KEY: "", ANTHROPIC_API_KEY: null };
    const launched = await launchScript({ ...script, environment }, programs(), [
      ...["-MODE", "CLEANRUN", "--acknowledge", "G05=a test", "-summaryfile", "logs/s.json"],
    ]);
    const opening = openingLines(script, "CLEANRUN", true);
    expect(launched.stdout).toEqual([
      ...opening.slice(0, opening.indexOf("API keys OK")),
      "missing env vars OPENAI_API_KEY ANTHROPIC_API_KEY",
      "init failed with exit code 1",
    ]);
    expect(launched.exitCode).toBe(1);
    const left = [...launched.tree.keys()].filter((path) => !path.startsWith(".gatehouse/"));
    expect(left).toEqual(["config_v0_3.json", "tos_python_path.txt", "workspace/results/result_v2.txt"]);
  });

  test.each([
    [null, ["tos_python_path.txt not found"], ["tos_python_path.txt not found <BASE>/tos_python_path.txt"]],
    ["/nowhere/python\n", ["tos python path is missing or invalid"], ["python path invalid /nowhere/python"]],
  ])("tos_python_path.txt %j", async (pythonPath, told, last) => {
    const script = withPython(pythonPath);
    const launched = await launchScript(script, programs(), ["-Mode", "run"]);
    const opening = openingLines(script, "run");
    expect(launched.stdout).toEqual([
      ...opening.slice(0, opening.indexOf("tos_python_path.txt <PYTHON>")),
      ...told,
      ...["API keys OK", "TOS init done"],
      ...last,
    ]);
    expect(launched.exitCode).toBe(1);
  });

  test("an empty tos_python_path.txt ends init", async () => {
    const launched = await launchScript(withPython(" \n"), programs(), ["-Mode", "test"]);
    expect(launched.stdout.at(-1)).toBe("init failed with exit code 1");
    expect(launched.stderr).toContain(
      "error: <BASE>/tos_python_path.txt: expected the path of a Python interpreter, found an empty line",
    );
    expect(launched.exitCode).toBe(1);
  });

  test("settings of ours that are wrong are named, and nothing runs", async () => {
    const { script } = recorded("01_done_immediately/run_1");
    const launched = await launchScript(script, programs(), ["-Mode", "run"], (root) =>
      writeSettings(root, { schemaVersion: 1, allowbash: true }),
    );
    expect(launched.stdout).toEqual(head("run"));
    expect(launched.stderr.join("\n")).toContain('did you mean "allowBash"?');
    expect(launched.exitCode).toBe(1);
    expect(launched.tree.has("workspace/artifacts/phase_state.json")).toBe(false);
  });

  test("with scripted replies no key is needed", async () => {
    const { script } = recorded("01_done_immediately/run_1");
    const environment = { OPENAI_API_KEY: null, ANTHROPIC_API_KEY: null };
    const launched = await launchScript(
      { ...script, environment },
      programs(),
      ["-Mode", "run"],
      async (root) => {
        const models = { provider: "scripted", replies: "replies.json" };
        await writeSettings(root, { schemaVersion: 1, models });
        const steps = [{ draft: "{}", review: "{}", final: "{}" }];
        await writeFile(join(root, "replies.json"), JSON.stringify({ schemaVersion: 1, steps }));
      },
    );
    expect(launched.stdout).toContain("API keys OK");
    expect(launched.stdout.at(-1)).toBe("TOS cc_run end");
    expect(launched.exitCode).toBe(0);
  });
});

describe("the summary", () => {
  test("rows 104, 105, 106 and 108: both files, as PowerShell writes them", async () => {
    for (const [run, expected] of [
      [
        "19_job_loop_3/run_5",
        "phase=job_loop_complete step=1 done=True latest_step=step_004.json step_count=4 phase_summary=exists job_result=exists job_loop=enabled job_name=sample job_index=4 max_jobs=3 job_payload=none job_result_written=true job_payload_size=0 end_reason=job_loop_complete: max_jobs(3)に到達 job_result_path=<BASE>/workspace/artifacts/job_result.json",
      ],
      [
        "03_one_step_done_jobloop/run_1",
        "phase=done step=2 done=True latest_step=step_002.json step_count=2 phase_summary=exists job_result=none job_loop=enabled job_name=sample job_index=1 max_jobs=3 job_payload=none job_result_written=false job_payload_size=0 end_reason=done (job 1/3 completed)",
      ],
      [
        "21_job_input_override/run_1",
        "phase=done step=2 done=True latest_step=step_002.json step_count=2 phase_summary=exists job_result=none job_loop=enabled job_name=custom_job job_index=1 max_jobs=3 job_payload=present job_result_written=false job_payload_size=153 end_reason=done (job 1/3 completed)",
      ],
      [
        "74_jobloop_complete_with_input/run_1",
        "phase=job_loop_complete step=1 done=True latest_step=step_001.json step_count=1 phase_summary=exists job_result=exists job_loop=enabled job_name=override job_index=1 job_payload=present job_result_written=true job_payload_size=32 end_reason=job_loop_complete: max_jobs(0)に到達 job_result_path=<BASE>/workspace/artifacts/job_result.json",
      ],
    ] as const) {
      const { script } = recorded(run);
      const launched = await launchScript(script, programs(), [
        "-Mode",
        "run",
        "-SummaryFile",
        "logs/last_run_summary.json",
      ]);
      expect(launched.stdout.slice(-2)).toEqual([
        "summary saved <BASE>/logs/last_run_summary.json",
        "TOS cc_run end",
      ]);
      const plain = (text: string): string => text.replaceAll(launched.root, "<BASE>");
      expect(plain(textOf(launched, "logs/last_run_summary.txt"))).toBe(`\uFEFF${expected}\r\n`);
      const json = textOf(launched, "logs/last_run_summary.json");
      expect(json).toMatch(/^\uFEFF\{\r\n {4}"phase": {2}"/);
      expect(json).toMatch(/\r\n\}\r\n$/);
      expect(json).not.toMatch(/[^\r]\n/);
      const value = JSON.parse(json.slice(1)) as Record<string, unknown>;
      expect(expected).toContain(` end_reason=${String(value["end_reason"])}`);
      expect(expected).toContain(` job_payload_size=${String(value["job_payload_size"])}`);
      expect(Object.hasOwn(value, "job_result_path")).toBe(value["job_result_exists"]);
    }
  });

  test("absolute, ending in .txt, on a failed test, and into a folder that is not there", async () => {
    const { script } = recorded("01_done_immediately/run_1");
    const deny = recorded("04_deny_stop_true/run_1").script;
    const [text, failed, nowhere] = await Promise.all([
      launchScript(script, programs(), ["-Mode", "test", "-SummaryFile", "s.txt"]),
      launchScript(deny, programs(), ["-Mode", "test", "-SummaryFile", "logs/s.json"]),
      launchScript(script, programs(), ["-Mode", "run", "-SummaryFile", "no/where/s.json"]),
    ]);
    // Both writes hit the same file; the text wins.
    expect(textOf(text, "s.txt")).toMatch(/^\uFEFFphase=done step=1 /);
    expect(text.stdout.slice(-2)).toEqual(["test passed", "summary saved <BASE>/s.txt"]);
    expect(failed.stdout.slice(-2)).toEqual(["test failed", "summary saved <BASE>/logs/s.json"]);
    expect(textOf(failed, "logs/s.txt")).toMatch(/^\uFEFFphase=deny step=2 done=False /);
    expect(failed.exitCode).toBe(1);
    // As a script that breaks off: no further line, exit 1.
    expect(nowhere.stdout.at(-1)).toBe("end_reason done");
    expect(nowhere.stderr.join("\n")).toContain("-SummaryFile: the folder <BASE>/no/where cannot be used");
    expect(nowhere.exitCode).toBe(1);
    const elsewhere = join(programs().folder, "absolute");
    await mkdir(elsewhere);
    const absolute = await launchScript(script, programs(), [
      "-Mode",
      "run",
      `-SummaryFile:${elsewhere}/s.json`,
    ]);
    expect(absolute.stdout).toContain(`summary saved ${elsewhere}/s.json`);
    expect(await readFile(join(elsewhere, "s.txt"), "utf8")).toMatch(/^\uFEFFphase=done /);
  });
});

test("a root that is not there is made for a run, and refused for a checkpoint; a file is none", async () => {
  const { script } = recorded("01_done_immediately/run_1");
  const project = await openLauncherProject(script, programs());
  onTestFinished(() => project.close());
  const at = async (root: string, ...args: string[]) => {
    const { stdout, stderr, exitCode } = await startLauncher(root, args, project.environment);
    return { lines: stdout.trimEnd().split("\n"), stderr, exitCode };
  };
  const missing = join(project.root, "not/there");
  const [checkpoint, file] = await Promise.all([
    at(missing, "-Mode", "checkpoint", "-CheckpointName", "x"),
    at(join(project.root, "config_v0_3.json"), "-Mode", "test"),
  ]);
  for (const { lines, exitCode } of [checkpoint, file]) expect([lines.length, exitCode]).toEqual([3, 1]);
  expect(file.stderr).toMatch(/^error: -Root .*expected the project's folder\n$/);
  expect((await at(missing, "-Mode", "test")).lines.slice(3, 7)).toEqual([
    "TOS init start",
    `Root ${missing}`,
    "Created root directory",
    `Created dir ${missing}/workspace/generated`,
  ]);
});

test("a job's result at a place of its own is not found, and that is no failure (row 107)", async () => {
  const { script } = recorded("74_jobloop_complete_with_input/run_1");
  const config = Buffer.from(script.config ?? "")
    .toString("utf8")
    .replace("workspace/artifacts/job_result.json", "workspace/results/jr.json");
  const launched = await launchScript({ ...script, config }, programs(), [
    ...["-Mode", "run", "-SummaryFile", "logs/s.json"],
  ]);
  expect(launched.stdout).toContain("WARNING: job_result.json not found");
  expect(launched.exitCode).toBe(0);
  expect(launched.tree.has("workspace/results/jr.json")).toBe(true);
  expect(textOf(launched, "logs/s.txt")).toContain(" job_result=none ");
});

test("the progress tells the same lines, from the start to the exit code", async () => {
  const { script } = recorded("05_deny_stop_false/run_1");
  const launched = await launchScript(script, programs(), [
    ...["-Mode", "run", "--reason", "rehearsal", "--run-id", "20261121T045200Z-1f3a"],
  ]);
  const entries = progressEntries(textOf(launched, ".gatehouse/tos/runs/20261121T045200Z-1f3a.jsonl"));
  const events = entries.map(({ event }) => event);
  expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1));
  expect(events[0]).toMatchObject({
    kind: "started",
    operation: "run",
    from: "command line",
    reason: "rehearsal",
  });
  expect(events.at(-1)).toEqual({ kind: "ended", exitCode: 0, endReason: "done" });
  const told = events.flatMap((event) =>
    event.kind === "line" && event.stream === "stdout"
      ? [event.text.replaceAll(launched.root, "<BASE>")]
      : [],
  );
  expect(told.map((line) => line.replaceAll(programs().python, "<PYTHON>"))).toEqual(launched.stdout);
  expect(launched.tree.has(".gatehouse/tos/lock.json")).toBe(false);
});
