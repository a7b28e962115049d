import { consoleLines } from "#domain/tos/orchestration/console-lines";
import { stripPython } from "#domain/tos/orchestration/python-whitespace";
import { environmentWithoutKeys } from "../keys";
import type { Console } from "./console";
import type { OrchestratorOptions } from "./options";
import { pythonPathFile, readNamedText } from "./project-files";
import { runCommand, type CommandEnd } from "./run-command";

/** Time the interpreter has to tell its version, in milliseconds (spec/tos/orchestrator.md §5). */
const versionLimitMs = 10_000;

const silent = { started: () => undefined, output: () => undefined };

/**
 * Checks that `tos_python_path.txt` names an interpreter which tells its version; it has no other use, but a project
 * without one fails for the reference too (spec/tos/orchestrator.md §5). Prints what the reference prints. False when the
 * run must not go on, also when it was cancelled. Rejects with an `OrchestratorFault` when the file cannot be read.
 */
export async function checkInterpreter(
  { root, environment, cancel }: Pick<OrchestratorOptions, "root" | "environment" | "cancel">,
  console: Console,
): Promise<boolean> {
  const file = pythonPathFile(root);
  const python = stripPython((await readNamedText(file)) ?? "");
  if (python === "") {
    console.print(...consoleLines.pythonPathMissing(file));
    return false;
  }
  const { end } = await runCommand(
    {
      programs: [python],
      args: ["--version"],
      directory: root,
      environment: environmentWithoutKeys(environment),
      timeoutMs: versionLimitMs,
      encodings: ["utf-8"],
    },
    cancel,
    silent,
  );
  if (cancel.aborted) return false;
  if (end.kind === "exited" && end.returnCode === 0) {
    console.print(consoleLines.pythonVerified(stripPython(end.stdout)));
    return true;
  }
  console.print(consoleLines.pythonFailed(problemOf(end)), ...consoleLines.pythonInvalid(python, file));
  return false;
}

function problemOf(end: CommandEnd): string {
  switch (end.kind) {
    case "exited":
      return `exit code ${end.returnCode}`;
    case "timed-out":
      return `no answer within ${versionLimitMs / 1_000} seconds`;
    case "cancelled":
      return "cancelled";
    case "not-started":
    case "unreadable-output":
      return end.detail;
  }
}
