import type { Json } from "#domain/json";
import { consoleLines } from "#domain/tos/orchestration/console-lines";
import type { Judgement } from "#domain/tos/orchestration/policy";
import { pythonText } from "#domain/tos/orchestration/python-repr";
import type { CommandOutcome, CommandResult } from "#domain/tos/orchestration/result-documents";
import { cancelledBy } from "#domain/tos/orchestration/step-log";
import { firstCodePoints } from "#domain/tos/orchestration/truncate";
import { environmentWithoutKeys } from "../keys";
import { runCommand, type CommandEnd } from "./run-command";
import { cancelRequestOf, type RunContext } from "./run-context";

/** Characters of a command's code that progress tells. */
const toldCode = 500;

/** PowerShell on Japanese Windows prints in the system's code page; everywhere else text is UTF-8. */
const outputEncodings = process.platform === "win32" ? ["utf-8", "shift_jis"] : ["utf-8"];

/** What runs commands of one type: names of the program, and the switch before the code. */
interface Shell {
  readonly programs: readonly string[];
  readonly option: string;
}

/** Null for a type that is not run: the reference knows only `powershell`; `bash` is ours and has to be allowed twice. */
function shellFor(type: Json, allowBash: boolean): Shell | null {
  if (type === "powershell") return { programs: ["powershell", "pwsh"], option: "-Command" };
  return type === "bash" && allowBash ? { programs: ["bash"], option: "-c" } : null;
}

/** What the commands of a step came to; `cut`: the run was cancelled before all of them had ended. */
export interface Execution {
  readonly results: readonly CommandResult[];
  readonly cut: boolean;
}

/**
 * Runs the allowed commands of a step one after the other (spec/tos/orchestrator.md §8). None of them makes the step fail.
 * When the run is cancelled, the one under way is ended and the rest is not begun.
 */
export async function executeCommands(
  run: RunContext,
  step: number,
  judgements: readonly Judgement[],
): Promise<Execution> {
  const results: CommandResult[] = [];
  let cut = false;
  for (const [index, judgement] of judgements.entries()) {
    const outcome = await executeCommand(run, step, index, judgement);
    if (outcome.kind === "cancelled") cut = true;
    results.push({ judgement, outcome });
  }
  return { results, cut };
}

async function executeCommand(
  run: RunContext,
  step: number,
  index: number,
  { type, code, allowed, reason }: Judgement,
): Promise<CommandOutcome> {
  const { console, options } = run;
  const shell = allowed ? shellFor(type, options.settings.allowBash) : null;
  if (options.cancel.aborted && shell !== null)
    return { kind: "cancelled", started: false, error: cancelledBy(cancelRequestOf(options.cancel)) };
  console.print(allowed ? consoleLines.commandAllowed(reason) : consoleLines.commandDenied(reason));
  if (!allowed) return { kind: "denied" };
  if (shell === null) {
    console.complain(
      `step ${step}: a command of type "${pythonText(type)}" is allowed, but not run: ${notRun(type)}`,
    );
    return { kind: "dropped" };
  }
  const told = firstCodePoints(code, toldCode);
  const { end, droppedBytes } = await runCommand(
    {
      programs: shell.programs,
      args: [shell.option, code],
      directory: options.root,
      environment: environmentWithoutKeys(options.environment),
      timeoutMs: run.config.timeoutMs,
      encodings: outputEncodings,
    },
    options.cancel,
    {
      started: (process) =>
        console.report({
          kind: "command-started",
          step,
          index,
          type: pythonText(type),
          code: told,
          ...process,
        }),
      output: (stream, text) => console.report({ kind: "command-output", step, index, stream, text }),
    },
  );
  console.report({
    kind: "command-ended",
    step,
    index,
    outcome: end.kind,
    returnCode: end.kind === "exited" ? end.returnCode : null,
    detail: detailOf(end, droppedBytes),
    droppedBytes,
  });
  return outcomeOf(run, end);
}

function notRun(type: Json): string {
  return type === "bash"
    ? '.gatehouse/tos.json does not say "allowBash": true'
    : "only powershell, and bash where .gatehouse/tos.json allows it, is";
}

function detailOf(end: CommandEnd, droppedBytes: number): string {
  const problem = end.kind === "not-started" || end.kind === "unreadable-output" ? end.detail : "";
  const dropped = droppedBytes > 0 ? `${droppedBytes} bytes of output were not kept` : "";
  return [problem, dropped].filter((part) => part !== "").join("; ");
}

/** How the end stands in the log; says it on the console as the reference does, where it knows the case. */
function outcomeOf({ console, config, options }: RunContext, end: CommandEnd): CommandOutcome {
  switch (end.kind) {
    case "exited":
      console.print(consoleLines.commandRan(end.returnCode));
      return { kind: "ran", returnCode: end.returnCode, stdout: end.stdout, stderr: end.stderr };
    case "timed-out":
      console.print(consoleLines.commandTimedOut(config.timeoutSeconds));
      return { kind: "timed-out", seconds: config.timeoutSeconds };
    case "cancelled":
      return { kind: "cancelled", started: true, error: cancelledBy(cancelRequestOf(options.cancel)) };
    case "not-started":
    case "unreadable-output":
      console.print(consoleLines.commandFailed(end.detail));
      return { kind: "failed", error: end.detail };
  }
}
