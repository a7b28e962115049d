import type { StepRow } from "#contract/tos/view";
import { isJsonObject, type Json, type JsonObject } from "../../json";
import { cutAfter } from "../orchestration/truncate";
import type { JsonFile, StepLogReading } from "../governance/project-reading";
import { shapeOf, stepLogShape } from "../governance/document-shapes";
import { wrongKind } from "./document-problem";
import { listOf, numberOf, objectOf, textOf, truthOf, wordsOf } from "./foreign";

/** Reduces a step log to what a list shows of it (spec/tos/orchestrator.md §12). Takes any content; never throws. */
export function readStepLog(file: JsonFile, name: string): StepLogReading {
  const number = /^step_(\d+)\.json$/.exec(name)?.[1];
  const log = objectOf(file.value);
  return {
    path: file.path,
    row: {
      ...rowOf(log),
      file: name,
      modifiedUnixMs: file.modifiedUnixMs,
      problem: file.problem || wrongKind(file),
    },
    number: number === undefined ? null : Number(number),
    shape: log === null ? [] : shapeOf(log, stepLogShape, file.path),
  };
}

function rowOf(log: JsonObject | null): Omit<StepRow, "file" | "modifiedUnixMs" | "problem"> {
  const results = listOf(objectOf(log?.get("execution"))?.get("command_results"));
  const judged = listOf(log?.get("allowlist_summary"));
  return {
    step: numberOf(log?.get("step_num")),
    phase: wordsOf(log?.get("phase")),
    done: truthOf(log?.get("done")),
    stopped: truthOf(log?.get("stopped")),
    reason: cutAfter(reasonOf(log), 2_000, "…"),
    timestamp: textOf(log?.get("timestamp")) ?? "",
    commands: listOf(log?.get("final_commands")).length,
    denied: judged.filter((entry) => isJsonObject(entry) && entry.get("allowed") === false).length,
    failed: results.filter(hasFailed).length,
  };
}

function reasonOf(log: JsonObject | null): string {
  return wordsOf(log?.get("error")) || wordsOf(log?.get("message")) || wordsOf(log?.get("done_reason"));
}

/** A command that was let run and did not end with 0; one that timed out or could not be started has no code at all. */
function hasFailed(result: Json): boolean {
  if (!isJsonObject(result) || result.get("allowed") !== true) return false;
  return numberOf(result.get("returncode")) !== 0;
}
