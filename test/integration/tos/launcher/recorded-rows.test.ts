import { describe, expect, test } from "vitest";
import { treeDifferences } from "../../../support/tos/compare-runs";
import { launchScript, launcherPrograms, openingLines, recordedRuns } from "../../../support/tos/launched";

const programs = launcherPrograms();
const recorded = recordedRuns();

const denied = "deny: deny_if_contains 'Remove-Item' に一致";
const complete = "job_loop_complete: max_jobs(3)に到達";
const ended = "TOS cc_run end";
/** Files that are no part of a recorded tree. */
const notRecorded = /^(\.gatehouse\/|config_v0_3\.json$|tos_python_path\.txt$)/;

interface Row {
  readonly row: string;
  readonly run: string;
  readonly ran: readonly string[];
  readonly ranExit: number;
  readonly tested: readonly string[];
  readonly testedExit: number;
}

/** What the launcher prints after the orchestrator, in both modes: rows of spec/tos/checks.md, group J. */
const rows: readonly Row[] = [
  {
    row: "98",
    run: "02_one_step_done/run_1",
    ran: [
      "phase_state phase=done step=2 done=True",
      "latest_step step_002.json total=2",
      "phase_summary exists stop_on_deny=True",
      "end_reason done",
      ended,
    ],
    ranExit: 0,
    tested: ["test passed"],
    testedExit: 0,
  },
  {
    row: "99",
    run: "04_deny_stop_true/run_1",
    ran: [
      "phase_state phase=deny step=2 done=False",
      `deny ${denied}`,
      "stopped phase=deny step=1",
      "latest_step step_001.json total=1",
      "phase_summary exists stop_on_deny=True",
      `end_reason ${denied}`,
      ended,
    ],
    ranExit: 1,
    tested: [
      `FAIL phase is deny: ${denied}`,
      "FAIL step step_001.json stopped=true phase=deny",
      "test failed",
    ],
    testedExit: 1,
  },
  {
    row: "100",
    run: "04_deny_stop_true/run_2",
    ran: [
      "phase_state phase=done step=3 done=True",
      "latest_step step_003.json total=3",
      "phase_summary exists stop_on_deny=True",
      "end_reason done",
      ended,
    ],
    ranExit: 0,
    tested: ["FAIL step step_001.json stopped=true phase=deny", "test failed"],
    testedExit: 1,
  },
  {
    row: "101, denies continued",
    run: "05_deny_stop_false/run_1",
    ran: [
      "phase_state phase=done step=3 done=True",
      "latest_step step_003.json total=3",
      "phase_summary exists stop_on_deny=False",
      "end_reason done",
      ended,
    ],
    ranExit: 0,
    tested: ["test passed"],
    testedExit: 0,
  },
  {
    row: "101, max_steps_reached",
    run: "33_max_steps/run_1",
    ran: [
      "phase_state phase=max_steps_reached step=3 done=False",
      "latest_step step_003.json total=3",
      "phase_summary exists stop_on_deny=True",
      "end_reason max_steps_reached: 2",
      ended,
    ],
    ranExit: 0,
    tested: ["test passed"],
    testedExit: 0,
  },
  {
    row: "101, every step denied",
    run: "06_deny_stop_false_all/run_1",
    ran: [
      "phase_state phase=max_steps_reached step=3 done=False",
      "latest_step step_003.json total=3",
      "phase_summary exists stop_on_deny=False",
      "end_reason max_steps_reached: 2",
      ended,
    ],
    ranExit: 0,
    tested: ["test passed"],
    testedExit: 0,
  },
  {
    row: "102",
    run: "03_one_step_done_jobloop/run_1",
    ran: [
      "phase_state phase=done step=2 done=True",
      "job_loop enabled=True job_name=sample job_index=1 max_jobs=3 completed=",
      "latest_step step_002.json total=2",
      "phase_summary exists stop_on_deny=True",
      "end_reason done (job 1/3 completed)",
      ended,
    ],
    ranExit: 0,
    tested: [
      "job_loop enabled=True job_name=sample job_index=1 max_jobs=3 completed=",
      "WARNING: job_loop enabled but not completed",
      "WARNING: job_payload_present=false",
      "test passed",
    ],
    testedExit: 0,
  },
  {
    // Run 4 as run 5 repeats it.
    row: "103",
    run: "19_job_loop_3/run_5",
    ran: [
      "phase_state phase=job_loop_complete step=1 done=True",
      `job_loop_complete ${complete}`,
      "job_index 4",
      "job_result.json exists",
      "job_result_path_posix <BASE>/workspace/artifacts/job_result.json",
      "job_loop enabled=True job_name=sample job_index=4 max_jobs=3 completed=True",
      "latest_step step_004.json total=4",
      "phase_summary exists stop_on_deny=True",
      `end_reason ${complete}`,
      ended,
    ],
    ranExit: 0,
    tested: [
      `job_loop_complete: ${complete}`,
      "job_result.json exists",
      "job_loop enabled=True job_name=sample job_index=4 max_jobs=3 completed=True",
      "WARNING: job_index (4) > max_jobs (3)",
      "WARNING: job_payload_present=false",
      "test passed",
    ],
    testedExit: 0,
  },
  {
    row: "108",
    run: "74_jobloop_complete_with_input/run_1",
    ran: [
      "phase_state phase=job_loop_complete step=1 done=True",
      "job_loop_complete job_loop_complete: max_jobs(0)に到達",
      "job_index 1",
      "job_result.json exists",
      "job_result_path_posix <BASE>/workspace/artifacts/job_result.json",
      "job_loop enabled=True job_name=override job_index=1 max_jobs=0 completed=True",
      "latest_step step_001.json total=1",
      "phase_summary exists stop_on_deny=True",
      "end_reason job_loop_complete: max_jobs(0)に到達",
      ended,
    ],
    ranExit: 0,
    tested: [
      "job_loop_complete: job_loop_complete: max_jobs(0)に到達",
      "job_result.json exists",
      "job_loop enabled=True job_name=override job_index=1 max_jobs=0 completed=True",
      "test passed",
    ],
    testedExit: 0,
  },
  {
    row: "109, no configuration",
    run: "52_start_no_config/run_1",
    ran: ["orchestrator failed with exit code 1"],
    ranExit: 1,
    tested: [
      "FAIL orchestrator exit code = 1",
      "FAIL phase_state.json not found",
      "FAIL no step files found",
    ],
    testedExit: 1,
  },
  {
    row: "a step log that is no JSON ends the test where it is read",
    run: "68_corrupt_step_log/run_1",
    ran: [
      "phase_state phase=done step=2 done=True",
      "latest_step step_abc.json total=3",
      "phase_summary exists stop_on_deny=True",
      "end_reason done",
      ended,
    ],
    ranExit: 0,
    tested: [],
    testedExit: 1,
  },
  {
    row: "other folders than the launcher's",
    run: "69_custom_dirs/run_1",
    ran: ["phase_state none", "latest_step none", "phase_summary none", ended],
    ranExit: 0,
    tested: ["FAIL phase_state.json not found", "FAIL no step files found"],
    testedExit: 1,
  },
];

describe("every line of the launcher on a recorded run", () => {
  test.each(rows)("row $row ($run)", async ({ run, ran, ranExit, tested, testedExit }) => {
    const { script, stdout, tree } = recorded(run);
    const check = async (mode: string, lines: readonly string[], exitCode: number): Promise<void> => {
      const launched = await launchScript(script, programs(), ["-Mode", mode]);
      expect(launched.stdout).toEqual([...openingLines(script, mode), ...stdout, ...lines]);
      expect(launched.exitCode).toBe(exitCode);
      const left = [...launched.tree].filter(([path]) => !notRecorded.test(path));
      expect(treeDifferences(tree, new Map(left), launched.root)).toEqual([]);
    };
    await Promise.all([check("run", ran, ranExit), check("test", tested, testedExit)]);
  });
});
