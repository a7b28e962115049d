import { beforeAll, describe, expect, test } from "vitest";
import { progressEventSchema } from "#contract/tos/progress";
import {
  actualTrace,
  comparableLines,
  expectedShellCalls,
  expectedTrace,
  treeDifferences,
} from "../../../support/tos/compare-runs";
import {
  scriptedProgramsForFile,
  playRun,
  testKeys,
  type PlayedRun,
} from "../../../support/tos/orchestrated-run";
import { readRecordedRuns, type RecordedRun } from "../../../support/tos/recorded-run";

/** Runs played at the same time: more than processors, because a run mostly waits for its commands. */
const lanes = 6;

const recordedRuns = await readRecordedRuns();
const played = new Map<string, PlayedRun>();
const programs = scriptedProgramsForFile();

beforeAll(async () => {
  const waiting = [...recordedRuns];
  async function playOn(): Promise<void> {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift())
      played.set(run.name, await playRun(run.script, programs()));
  }
  await Promise.all(Array.from({ length: lanes }, playOn));
});

function playedRun(name: string): PlayedRun {
  const run = played.get(name);
  if (run === undefined) throw new Error(`${name} was not played`);
  return run;
}

test("there are the 102 recorded runs that were given", () => {
  expect(recordedRuns).toHaveLength(102);
});

test("a run that goes otherwise is seen to do so, in every file that tells of it", async () => {
  const recorded = recordedRuns.find(({ name }) => name === "02_one_step_done/run_1");
  if (recorded === undefined) throw new Error("the recorded run is missing");
  const run = await playRun({ ...recorded.script, shell: [{ rc: 1 }] }, programs());
  expect(treeDifferences(recorded.tree, run.tree, run.root).map((line) => line.split(": ")[0])).toEqual([
    "logs/phase_summary.json",
    "logs/steps/step_001.json",
    "logs/steps/step_002.json",
    "workspace/artifacts/phase_state.json",
    "workspace/results/result_v2.txt",
  ]);
  expect(actualTrace(run, testKeys)).not.toEqual(expectedTrace(recorded.apiCalls));
});

describe.each(recordedRuns.map((run) => [run.name, run] as const))("%s", (name, recorded: RecordedRun) => {
  test("leaves the same files, ends alike, asks alike and says the same", () => {
    const run = playedRun(name);
    expect(treeDifferences(recorded.tree, run.tree, run.root)).toEqual([]);
    expect(run.exitCode).toBe(recorded.exitCode);
    expect(actualTrace(run, testKeys)).toEqual(expectedTrace(recorded.apiCalls));
    expect(run.shellCalls).toEqual(expectedShellCalls(recorded.shellCalls, run.root));
    expect(comparableLines(run.stdout, run)).toEqual(
      comparableLines(recorded.stdout, { root: "<BASE>", python: "<PYTHON>" }),
    );
  });

  test("says in one line on stderr what the reference dies of or drops in silence, and nothing else", () => {
    const run = playedRun(name);
    // A refused start is explained on stdout, by the reference too.
    const died = recorded.exitCode === 1 && !explainedOnStdout(recorded);
    const dropped = run.stderr.filter((line) => line.includes("is allowed, but not run"));
    expect(dropped).toHaveLength(name.startsWith("47_") ? 1 : 0);
    expect(run.stderr.length - dropped.length).toBe(died ? 1 : 0);
  });

  test("reports nothing that the contract does not know, and no key", () => {
    const run = playedRun(name);
    for (const event of run.events) expect(progressEventSchema.parse(event)).toEqual(event);
    const everything =
      JSON.stringify(run.events) +
      [...run.tree.values()].map((bytes) => Buffer.from(bytes).toString("latin1")).join("\n");
    for (const key of Object.values(testKeys)) expect(everything).not.toContain(key);
  });
});

function explainedOnStdout({ stdout }: RecordedRun): boolean {
  return stdout.some((line) =>
    /^設定ファイルが見つかりません|^tos_python_path\.txt が見つかりません|^Python実行ファイルが無効です|環境変数が設定されていません$/.test(
      line,
    ),
  );
}
