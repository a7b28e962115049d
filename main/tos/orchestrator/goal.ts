import { readFile } from "node:fs/promises";
import { consoleLines } from "#domain/tos/orchestration/console-lines";
import { judgeResult, type DecodeBytes, type DoneJudgement } from "#domain/tos/orchestration/done-check";
import { describeFileError, isAbsent } from "../../watch/file-problem";

const decode: DecodeBytes = (encoding, bytes) => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** Whether the result file says that the goal is reached (spec/tos/orchestrator.md §9). Never rejects. */
export async function judgeGoal(path: string): Promise<DoneJudgement> {
  try {
    return judgeResult(await readFile(path), decode);
  } catch (error) {
    if (isAbsent(error)) return judgeResult(null, decode);
    const number = Math.abs((error as NodeJS.ErrnoException).errno ?? 0);
    const problem = `[Errno ${number}] ${describeFileError(error)}: '${path}'`;
    return { done: false, lines: [consoleLines.doneCheckFailed(problem)] };
  }
}
