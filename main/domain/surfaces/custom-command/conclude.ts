import type { CaseConclusion, ConcludedCase } from "../../cycle/definition";
import { contextLine } from "../../cycle/response";
import { jsonObject, type JsonObject } from "../../json";
import { lowerAscii, trimText } from "../../text";
import { customCommandChannelId, type CustomCommandCase } from "./contract";
import type { ExecutionPolicy } from "./policy";
import type { RunAudit, RunEvaluation } from "./run";
import {
  noRun,
  renderCustomCommandMemory,
  runFields,
  upsertCommand,
  type CommandRecord,
  type CustomCommandState,
} from "./state";

/** The surface's figures (spec/tau/surfaces.md §5, snapshot B). */
export type CustomCommandCounter =
  | "upserted_commands"
  | "deleted_commands"
  | "executed_runs"
  | "run_timeout_failures"
  | "run_non_zero_exit_failures"
  | "run_spawn_failures"
  | "run_missing_command_failures";

type Concluded = ConcludedCase<CustomCommandCase, CustomCommandState, RunEvaluation>;

/** What a case leaves in the registry and in its channel (spec/tau/surfaces.md §10). */
export function concludeCustomCommandCase(
  concluded: Concluded,
  defaultPolicy: ExecutionPolicy,
): CaseConclusion<CustomCommandState, CustomCommandCounter> {
  const { item, evaluation } = concluded;
  const { outcome, statusCode: status_code, errorCode: error_code, audit } = evaluation;
  const change = changeRegistry(concluded, item.executionPolicy ?? defaultPolicy);
  const executed_runs = Number(audit?.executed === true);
  const success = outcome === "success";
  const figures = { upserted_commands: change.upserted, deleted_commands: change.deleted, executed_runs };
  const operation = lowerAscii(item.operation);
  const channelId = customCommandChannelId(item);
  const head = { outcome, operation, case_id: item.caseId, command_name: item.commandName, status_code };
  const logPayload = jsonObject({
    ...head,
    ...(success ? figures : { error_code }),
    ...(audit === null ? {} : { run_audit: auditRecord(audit, success) }),
  });
  const detail = `operation=${operation} command=${channelId}${audit === null ? "" : ` exit_code=${audit.exitCode}`}`;
  return {
    state: change.state,
    counters: figures,
    channel: {
      transport: "custom-command",
      channelId,
      logPayload,
      contextText: contextLine("custom-command", item.caseId, evaluation, detail),
      memory: renderCustomCommandMemory(change.state, channelId),
    },
  };
}

/** Figures that count every attempt at a RUN. */
export function countRunFailure(evaluation: RunEvaluation): Partial<Record<CustomCommandCounter, number>> {
  switch (evaluation.audit?.failureReason) {
    case "timeout":
      return { run_timeout_failures: 1 };
    case "non_zero_exit":
      return { run_non_zero_exit_failures: 1 };
    case "spawn_error":
      return { run_spawn_failures: 1 };
    case "missing_command":
      return { run_missing_command_failures: 1 };
    default:
      return {};
  }
}

function changeRegistry(
  concluded: Concluded,
  policy: ExecutionPolicy,
): { readonly state: CustomCommandState; readonly upserted: number; readonly deleted: number } {
  const { item, key, evaluation, state, nowUnixMs } = concluded;
  const success = evaluation.outcome === "success";
  const unchanged = { state, upserted: 0, deleted: 0 };
  if (item.operation === "DELETE" && success) {
    const kept = state.filter((record) => record.command_name !== item.commandName);
    return { state: kept, upserted: 0, deleted: state.length - kept.length };
  }
  const defines = success && (item.operation === "CREATE" || item.operation === "UPDATE");
  if (!defines && evaluation.audit === null) return unchanged;
  const stored = state.find((record) => record.command_name === item.commandName);
  const common = {
    case_key: key,
    case_id: item.caseId,
    command_name: item.commandName,
    operation: item.operation,
    last_status_code: evaluation.statusCode,
    last_outcome: evaluation.outcome,
    last_error_code: evaluation.errorCode,
    updated_unix_ms: nowUnixMs,
  };
  const runs = stored?.run_count ?? 0;
  if (evaluation.audit === null) {
    const template = trimText(item.template);
    const defined = ordered({ ...common, ...noRun, template, execution_policy: policy, run_count: runs });
    return { state: upsertCommand(state, defined), upserted: 1, deleted: 0 };
  }
  const ran = ordered({
    ...common,
    ...runFields(evaluation.audit),
    // A run never changes a template; one that created its record leaves it empty unless it failed.
    template: stored?.template ?? (success ? "" : trimText(item.template)),
    execution_policy: success ? policy : (stored?.execution_policy ?? policy),
    run_count: runs + Number(evaluation.audit.executed),
  });
  return {
    state: upsertCommand(state, ran),
    upserted: Number(success && stored === undefined),
    deleted: 0,
  };
}

/** The same record with its keys in file order. */
function ordered(record: CommandRecord): CommandRecord {
  return {
    case_key: record.case_key,
    case_id: record.case_id,
    command_name: record.command_name,
    template: record.template,
    execution_policy: record.execution_policy,
    operation: record.operation,
    last_status_code: record.last_status_code,
    last_outcome: record.last_outcome,
    run_count: record.run_count,
    last_error_code: record.last_error_code,
    last_command_line: record.last_command_line,
    last_exit_code: record.last_exit_code,
    last_stdout: record.last_stdout,
    last_stderr: record.last_stderr,
    last_timed_out: record.last_timed_out,
    last_duration_ms: record.last_duration_ms,
    updated_unix_ms: record.updated_unix_ms,
  };
}

function auditRecord(audit: RunAudit, success: boolean): JsonObject {
  return jsonObject({
    executed: audit.executed,
    command_line: audit.commandLine,
    exit_code: audit.exitCode,
    stdout: audit.stdout,
    stderr: audit.stderr,
    timed_out: audit.timedOut,
    duration_ms: audit.durationMs,
    ...(success ? {} : { failure_reason: audit.failureReason }),
  });
}
