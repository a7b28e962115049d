import { beforeAll, describe, expect, test } from "vitest";
import { isLoopComplete } from "#domain/tos/orchestration/job";
import { phaseSummary } from "#domain/tos/orchestration/phase-summary";
import { parsePythonJson, printPythonIndented } from "#domain/tos/orchestration/python-json";
import { pythonText } from "#domain/tos/orchestration/python-repr";
import { jobResult } from "#domain/tos/orchestration/result-documents";
import { readRecordedRuns, type RecordedRun } from "../../../support/tos/recorded-run";
import {
  countsOf,
  isJson,
  isOurs,
  isWhole,
  listOf,
  memberOf,
  objectOf,
  readRecording,
  rebuildState,
  rebuildStep,
  statePath,
  summaryPath,
  textOf,
  timestamp,
  writtenSteps,
  type Recording,
} from "../../../support/tos/rebuilt-documents";

let runs: readonly RecordedRun[] = [];
beforeAll(async () => {
  runs = await readRecordedRuns();
});

describe("documents of the recorded runs", () => {
  test("are read and printed again byte for byte", () => {
    const documents = runs.flatMap(({ tree }) => [...tree].filter(([path]) => isOurs(path)));
    expect(documents.length).toBeGreaterThan(300);
    for (const [path, bytes] of documents) {
      const text = textOf(bytes);
      if (!isWhole(text)) continue;
      expect(printPythonIndented(parsePythonJson(text)), path).toBe(text);
    }
  });

  test("are rebuilt byte for byte: every step log a run wrote", () => {
    const phases = new Map<string, number>();
    for (const recording of endedRuns()) {
      for (const [path, bytes] of writtenSteps(recording)) {
        const log = objectOf(textOf(bytes));
        const phase = pythonText(log.get("phase") ?? null);
        const rebuilt = rebuildStep(recording, log);
        expect(printPythonIndented(rebuilt), `${recording.run.name} ${path}`).toBe(textOf(bytes));
        phases.set(phase, (phases.get(phase) ?? 0) + 1);
      }
    }
    expect([...phases.keys()].toSorted()).toEqual(
      ["deny", "done", "execute", "fatal_error", "job_loop_complete", "max_steps_reached"].toSorted(),
    );
  });

  test("are rebuilt byte for byte: the phase state after every run", () => {
    let count = 0;
    for (const recording of endedRuns()) {
      const entry = [...recording.run.tree].find(([path]) => statePath.test(path));
      const text = textOf(entry?.[1]);
      expect(printPythonIndented(rebuildState(recording, objectOf(text))), recording.run.name).toBe(text);
      count += 1;
    }
    expect(count).toBeGreaterThan(70);
  });

  test("are rebuilt byte for byte: the summary after every run, and the job result", () => {
    for (const recording of endedRuns()) {
      const { run, config, job } = recording;
      const entry = [...run.tree].find(([path]) => summaryPath.test(path));
      const text = textOf(entry?.[1]);
      const recorded = objectOf(text);
      const path = recorded.get("job_result_path") ?? null;
      const summary = phaseSummary(
        {
          timestamp,
          experimental: config.experimental,
          job,
          stopOnDeny: config.stopOnDeny,
          endReason: pythonText(recorded.get("end_reason") ?? null),
          counts: countsOf(recording),
          skipped: listOf(recorded.get("skipped_steps")).map((step) => Number(memberOf(step, "step_num"))),
          jobResultPath: typeof path === "string" ? path : null,
        },
        [...run.tree]
          .filter(([file, bytes]) => /\/steps\/step_.*\.json$/.test(file) && isJson(textOf(bytes)))
          .toSorted(([left], [right]) => (left < right ? -1 : 1))
          .map(([file, bytes]) => ({ file, value: parsePythonJson(textOf(bytes)) })),
      );
      expect(printPythonIndented(summary), run.name).toBe(text);
      if (isLoopComplete(job)) {
        const written = textOf(run.tree.get(config.jobLoop.resultPath));
        expect(printPythonIndented(jobResult(job, 1, timestamp)), run.name).toBe(written);
      }
    }
  });
});

function endedRuns(): Recording[] {
  return runs.filter(({ exitCode }) => exitCode === 0).map(readRecording);
}
