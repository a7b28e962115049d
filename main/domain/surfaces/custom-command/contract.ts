import type { ContractCase } from "../../cycle/definition";
import {
  caseFault,
  decodeResponseExpectation,
  requireErrorCodePresence,
  requireSupportedErrorCode,
  requireText,
} from "../../cycle/fixture";
import { unsigned32, type FieldReader } from "../../decode";
import type { Json } from "../../json";
import { isPlainName, trimText, upperAscii } from "../../text";
import { decodeExecutionPolicy, defaultExecutionPolicy, policyFault, type ExecutionPolicy } from "./policy";
import { templateFault } from "./template";

/** Error codes of the custom-command contract (spec/tau/surfaces.md §10). */
export const customCommandErrorCodes = {
  invalidOperation: "custom_command_invalid_operation",
  invalidName: "custom_command_invalid_name",
  invalidTemplate: "custom_command_invalid_template",
  policyDenied: "custom_command_policy_denied",
  backendUnavailable: "custom_command_backend_unavailable",
} as const;

const supportedOperations = ["CREATE", "UPDATE", "DELETE", "RUN", "LIST"];

/** A command's definition, as a case may carry it beside its own fields. */
export interface CommandSpec {
  readonly schemaVersion: number;
  readonly name: string;
  readonly template: string;
  readonly defaultArguments: Json;
  readonly executionPolicy: ExecutionPolicy;
}

/** One custom-command case; `operation` trimmed and upper-case, name and template trimmed. */
export interface CustomCommandCase extends ContractCase {
  readonly operation: string;
  readonly commandName: string;
  readonly template: string;
  readonly args: Json;
  readonly executionPolicy: ExecutionPolicy | null;
  readonly commandSpec: CommandSpec | null;
  readonly expectedBody: Json;
}

export function decodeCustomCommandCase(reader: FieldReader, common: ContractCase): CustomCommandCase {
  return {
    ...common,
    ...decodeResponseExpectation(reader, common),
    operation: upperAscii(trimText(reader.string("operation"))),
    commandName: trimText(reader.string("command_name", "")),
    template: reader.string("template", ""),
    args: reader.json("arguments", null),
    executionPolicy: reader.nullable("execution_policy", (from, key) =>
      from.object(key, decodeExecutionPolicy),
    ),
    commandSpec: reader.nullable("command_spec", (from, key) => from.object(key, decodeSpec)),
  };
}

function decodeSpec(reader: FieldReader): CommandSpec {
  return {
    schemaVersion: reader.integer("schema_version", unsigned32, 1),
    name: trimText(reader.string("name")),
    template: trimText(reader.string("template")),
    defaultArguments: reader.json("default_arguments", null),
    executionPolicy: reader.object("execution_policy", decodeExecutionPolicy, defaultExecutionPolicy),
  };
}

export function validateCustomCommandCase(item: CustomCommandCase): void {
  requireText(item, "operation", item.operation);
  if (item.expected.statusCode === 0)
    throw caseFault(item, "expected.status_code", "expected 1 or more, found 0");
  requireErrorCodePresence(item);
  const fault = item.executionPolicy === null ? null : policyFault(item.executionPolicy);
  if (fault !== null) throw caseFault(item, "execution_policy", fault);
  const wrongSpec = item.commandSpec === null ? null : specFault(item.commandSpec);
  if (wrongSpec !== null) throw caseFault(item, "command_spec", wrongSpec);
  if (changesRegistry(item) && item.expected.outcome === "success") validateDefinition(item);
}

/** A command that is to be created or updated: its spec agrees with it, and its template passes the check. */
function validateDefinition(item: CustomCommandCase): void {
  const { commandSpec: spec, commandName, template } = item;
  if (spec !== null && commandName !== "" && spec.name !== commandName) {
    throw caseFault(item, "command_spec.name", `expected '${commandName}', found '${spec.name}'`);
  }
  if (spec !== null && trimText(template) !== "" && spec.template !== trimText(template)) {
    throw caseFault(item, "command_spec.template", "expected the same template as the case");
  }
  const fault = templateFault(template, item.args, item.executionPolicy ?? defaultExecutionPolicy);
  if (fault !== null) throw caseFault(item, "template", fault);
}

export function checkCustomCommandCompatibility(item: CustomCommandCase): void {
  requireSupportedErrorCode(item, Object.values(customCommandErrorCodes));
  if (item.expected.outcome === "malformed_input" || isSupportedOperation(item)) return;
  const choices = supportedOperations.join(", ");
  throw caseFault(item, "operation", `unsupported operation '${item.operation}', expected one of ${choices}`);
}

/** Why a spec cannot be used; null when it can. */
export function specFault(spec: CommandSpec): string | null {
  if (spec.schemaVersion !== 1) return `unsupported spec schema version ${spec.schemaVersion} (expected 1)`;
  if (!isCommandName(spec.name)) return `name: '${spec.name}' is not a command name`;
  return templateFault(spec.template, spec.defaultArguments, spec.executionPolicy);
}

export function isCommandName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(name);
}

export function isSupportedOperation(item: CustomCommandCase): boolean {
  return supportedOperations.includes(item.operation);
}

export function changesRegistry(item: CustomCommandCase): boolean {
  return item.operation === "CREATE" || item.operation === "UPDATE";
}

export function customCommandCaseKey(item: CustomCommandCase): string {
  return `${item.operation}:${item.commandName}:${item.caseId}`;
}

/** The command's own channel, or `registry` when its name cannot be one. */
export function customCommandChannelId(item: CustomCommandCase): string {
  return isPlainName(item.commandName) ? item.commandName : "registry";
}
