import { rejected, retryable, type ResponseEvaluation } from "../../cycle/response";
import { isJsonObject, type JsonObject } from "../../json";
import { lowerAscii, trimText } from "../../text";
import { customCommandErrorCodes, type CustomCommandCase } from "./contract";
import { isKeyPermitted, sandboxProfile, type ExecutionPolicy } from "./policy";
import { splitShellWords } from "./shell-words";
import { renderTemplate, scalarText, templateFault } from "./template";

/** A program to start directly, without a shell. */
export interface CommandRequest {
  readonly program: string;
  readonly args: readonly string[];
  /** Whether the runner's own variables are passed on; otherwise only PATH is. */
  readonly inheritEnvironment: boolean;
  readonly variables: ReadonlyMap<string, string>;
}

/** How a program ended; times in milliseconds, output already cut to what is kept. */
export interface CommandResult {
  readonly ending: "exited" | "timed-out" | "not-found" | "spawn-error";
  /** Null when a signal ended it, or it never ran. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

export type ExecuteCommand = (request: CommandRequest) => Promise<CommandResult>;

/** What a RUN did, as it is logged (spec/tau/surfaces.md §10). `failureReason` is "" on success. */
export interface RunAudit {
  readonly executed: boolean;
  readonly commandLine: string;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly durationMs: number;
  readonly failureReason: string;
}

export interface RunEvaluation extends ResponseEvaluation {
  readonly audit: RunAudit | null;
}

const notExecuted: RunAudit = {
  executed: false,
  commandLine: "",
  exitCode: null,
  stdout: "",
  stderr: "",
  timedOut: false,
  durationMs: 0,
  failureReason: "",
};
const shellPrograms = [
  "sh",
  "bash",
  "zsh",
  "fish",
  "cmd",
  "cmd.exe",
  "powershell",
  "powershell.exe",
  "pwsh",
  "pwsh.exe",
];

/** Runs a command that is otherwise accepted (`success` is its answer when the program exits with 0; spec/tau/surfaces.md §10). */
export async function runCommand(
  item: CustomCommandCase,
  template: string,
  policy: ExecutionPolicy,
  success: ResponseEvaluation,
  execute: ExecuteCommand,
): Promise<RunEvaluation> {
  const prepared = prepareRun(item, template, policy);
  if ("evaluation" in prepared) return prepared.evaluation;
  const { request, commandLine } = prepared;
  const result = await execute(request);
  const named = { command_name: item.commandName };
  const codes = customCommandErrorCodes;
  const audit = {
    executed: result.ending === "exited" || result.ending === "timed-out",
    commandLine,
    exitCode: result.exitCode,
    stdout: result.stdout,
    stderr: result.stderr,
    timedOut: result.ending === "timed-out",
    durationMs: result.durationMs,
  };
  if (result.ending === "exited" && result.exitCode === 0) {
    return { ...success, audit: { ...audit, failureReason: "" } };
  }
  if (result.ending === "not-found") {
    const answer = rejected(422, codes.invalidTemplate, "executable_not_found", named);
    return { ...answer, audit: { ...audit, failureReason: "spawn_error" } };
  }
  const reasons = { exited: "non_zero_exit", "timed-out": "timeout", "spawn-error": "spawn_error" } as const;
  const failureReason = reasons[result.ending];
  return {
    ...retryable(503, codes.backendUnavailable, failureReason, named),
    audit: { ...audit, failureReason },
  };
}

/** The program to start, or why none is. */
function prepareRun(
  item: CustomCommandCase,
  template: string,
  policy: ExecutionPolicy,
):
  | { readonly request: CommandRequest; readonly commandLine: string }
  | { readonly evaluation: RunEvaluation } {
  const codes = customCommandErrorCodes;
  const refuse = (answer: ResponseEvaluation, failureReason: string, commandLine = "") => ({
    evaluation: { ...answer, audit: { ...notExecuted, commandLine, failureReason } },
  });
  const { args } = item;
  if (!isJsonObject(args)) {
    return refuse(rejected(422, codes.invalidTemplate, "invalid_arguments"), "invalid_arguments");
  }
  if (template === "") {
    const named = { command_name: item.commandName };
    return refuse(rejected(404, codes.invalidName, "command_not_found", named), "missing_command");
  }
  if (templateFault(template, args, policy) !== null) {
    return refuse(rejected(403, codes.policyDenied, "policy_denied"), "policy_denied");
  }
  const invalidTemplate = rejected(422, codes.invalidTemplate, "invalid_template");
  const commandLine = renderTemplate(template, args);
  if (commandLine === null) return refuse(invalidTemplate, "template_render_failed");
  const [program, ...rest] = splitShellWords(commandLine) ?? [];
  if (program === undefined) return refuse(invalidTemplate, "template_split_failed", commandLine);
  if (!policy.allow_shell && shellPrograms.includes(lowerAscii(trimText(program)))) {
    const answer = rejected(403, codes.policyDenied, "shell_program_disallowed");
    return refuse(answer, "policy_denied", commandLine);
  }
  const inheritEnvironment = sandboxProfile(policy) === "unrestricted";
  const variables = exportedArguments(args, policy);
  return { request: { program, args: rest, inheritEnvironment, variables }, commandLine };
}

/** Arguments the policy permits, by their own key. */
function exportedArguments(args: JsonObject, policy: ExecutionPolicy): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const [key, value] of args) {
    const text = scalarText(value);
    if (text !== null && isKeyPermitted(policy, key)) variables.set(key, text);
  }
  return variables;
}
