import { accepted, rejected, retryable, type ResponseEvaluation } from "../../cycle/response";
import { isBlank, lowerAscii, trimText } from "../../text";
import {
  changesRegistry,
  customCommandErrorCodes,
  isCommandName,
  isSupportedOperation,
  specFault,
  type CustomCommandCase,
} from "./contract";
import { policyFault, type ExecutionPolicy } from "./policy";
import { runCommand, type ExecuteCommand, type RunEvaluation } from "./run";
import type { CustomCommandState } from "./state";
import { templateFault } from "./template";

/**
 * What one custom-command case comes to; the first rule that matches decides (spec/tau/surfaces.md §10). A RUN that
 * passes them all starts a program: under the policy of the case, else of the stored command, else `defaultPolicy`,
 * and with the template of the case, else of the stored command.
 */
export async function evaluateCustomCommandCase(
  item: CustomCommandCase,
  state: CustomCommandState,
  defaultPolicy: ExecutionPolicy,
  execute: ExecuteCommand,
): Promise<RunEvaluation> {
  const provisional = evaluateDefinition(item, item.executionPolicy ?? defaultPolicy);
  if (item.operation !== "RUN" || provisional.outcome !== "success") return { ...provisional, audit: null };
  const stored = state.find((record) => record.command_name === item.commandName);
  const template = trimText(item.template) || trimText(stored?.template ?? "");
  const policy = item.executionPolicy ?? stored?.execution_policy ?? defaultPolicy;
  return await runCommand(item, template, policy, provisional, execute);
}

function evaluateDefinition(item: CustomCommandCase, policy: ExecutionPolicy): ResponseEvaluation {
  const codes = customCommandErrorCodes;
  if (item.simulateRetryableFailure) return retryable(503, codes.backendUnavailable, "backend_unavailable");
  if (!isSupportedOperation(item)) return rejected(400, codes.invalidOperation, "invalid_operation");
  if (item.operation !== "LIST" && !isCommandName(item.commandName)) {
    return rejected(400, codes.invalidName, "invalid_name");
  }
  if (changesRegistry(item) && isBlank(item.template)) {
    return rejected(422, codes.invalidTemplate, "invalid_template");
  }
  const denied =
    policyFault(policy) ??
    (item.commandSpec === null ? null : specFault(item.commandSpec)) ??
    (changesRegistry(item) ? templateFault(item.template, item.args, policy) : null);
  if (denied !== null) return rejected(403, codes.policyDenied, "policy_denied");
  return answer(item);
}

function answer(item: CustomCommandCase): ResponseEvaluation {
  const operation = lowerAscii(item.operation);
  if (item.operation === "LIST") {
    return accepted(200, { commands: ["deploy_release", "triage_alerts"], operation, status: "accepted" });
  }
  const body = { command_name: item.commandName, operation, status: "accepted" };
  if (item.operation === "RUN") return accepted(200, { arguments: item.args, ...body });
  return accepted(item.operation === "CREATE" ? 201 : 200, body);
}
