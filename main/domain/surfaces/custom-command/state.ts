import { renderSnapshot, upsertRecord } from "../../cycle/records";
import { unsigned16, unsigned64, type FieldReader } from "../../decode";
import { jsonObject, type Json } from "../../json";
import { byKeys, lowerAscii, utf8Length } from "../../text";
import {
  decodeExecutionPolicy,
  defaultExecutionPolicy,
  encodeExecutionPolicy,
  type ExecutionPolicy,
} from "./policy";
import type { RunAudit } from "./run";

/** One entry of `commands[]`, keys in file order (spec/tau/surfaces.md §10). */
export interface CommandRecord {
  readonly case_key: string;
  readonly case_id: string;
  readonly command_name: string;
  readonly template: string;
  readonly execution_policy: ExecutionPolicy;
  readonly operation: string;
  readonly last_status_code: number;
  readonly last_outcome: string;
  readonly run_count: number;
  readonly last_error_code: string;
  readonly last_command_line: string;
  readonly last_exit_code: number | null;
  readonly last_stdout: string;
  readonly last_stderr: string;
  readonly last_timed_out: boolean;
  readonly last_duration_ms: number;
  readonly updated_unix_ms: number;
}

/** Sorted by command name. */
export type CustomCommandState = readonly CommandRecord[];

/** The fields of a record that tell of its last run. */
type RunFields = Pick<
  CommandRecord,
  | "last_command_line"
  | "last_exit_code"
  | "last_stdout"
  | "last_stderr"
  | "last_timed_out"
  | "last_duration_ms"
>;

/** Run fields of a command that has not run since it was defined. */
export const noRun: RunFields = {
  last_command_line: "",
  last_exit_code: null,
  last_stdout: "",
  last_stderr: "",
  last_timed_out: false,
  last_duration_ms: 0,
};

export function runFields(audit: RunAudit): RunFields {
  return {
    last_command_line: audit.commandLine,
    last_exit_code: audit.exitCode,
    last_stdout: audit.stdout,
    last_stderr: audit.stderr,
    last_timed_out: audit.timedOut,
    last_duration_ms: audit.durationMs,
  };
}

export function decodeCustomCommandState(reader: FieldReader): CustomCommandState {
  return reader.objects("commands", decodeRecord, []).toSorted(byKeys(commandNameOf));
}

/** Fields that older state files lack take their defaults. */
function decodeRecord(reader: FieldReader): CommandRecord {
  return {
    case_key: reader.string("case_key"),
    case_id: reader.string("case_id"),
    command_name: reader.string("command_name"),
    template: reader.string("template"),
    execution_policy: reader.object("execution_policy", decodeExecutionPolicy, defaultExecutionPolicy),
    operation: reader.string("operation"),
    last_status_code: reader.integer("last_status_code", unsigned16),
    last_outcome: reader.string("last_outcome"),
    run_count: reader.integer("run_count", unsigned64),
    last_error_code: reader.string("last_error_code", ""),
    last_command_line: reader.string("last_command_line", ""),
    last_exit_code: reader.nullable("last_exit_code", (from, key) =>
      from.integer(key, { minimum: -2_147_483_648, maximum: 2_147_483_647 }),
    ),
    last_stdout: reader.string("last_stdout", ""),
    last_stderr: reader.string("last_stderr", ""),
    last_timed_out: reader.boolean("last_timed_out", false),
    last_duration_ms: reader.integer("last_duration_ms", unsigned64, 0),
    updated_unix_ms: reader.integer("updated_unix_ms", unsigned64),
  };
}

export function encodeCustomCommandState(state: CustomCommandState): Readonly<Record<string, Json>> {
  const commands = state.map((record) =>
    jsonObject({ ...record, execution_policy: encodeExecutionPolicy(record.execution_policy) }),
  );
  return { commands };
}

/** Adds or replaces the command of that name. */
export function upsertCommand(state: CustomCommandState, record: CommandRecord): CustomCommandState {
  return upsertRecord(state, record, commandNameOf, commandNameOf);
}

function commandNameOf(record: CommandRecord): string {
  return record.command_name;
}

/** MEMORY.md of a command's channel; the channel `registry` shows every command. */
export function renderCustomCommandMemory(state: CustomCommandState, channelId: string): string {
  const shown =
    channelId === "registry" ? state : state.filter((record) => record.command_name === channelId);
  return renderSnapshot(
    `Custom Command Snapshot (${channelId})`,
    shown.map(renderRecord),
    "no registered commands",
  );
}

function renderRecord(record: CommandRecord): string {
  const policy = record.execution_policy;
  const permissions = [
    `approval:${policy.require_approval}`,
    `shell:${policy.allow_shell}`,
    `network:${policy.allow_network}`,
    `sandbox:${policy.sandbox_profile}`,
    `allow_env:${policy.allowed_env.join(",") || "none"}`,
    `deny_env:${policy.denied_env.join(",") || "none"}`,
  ];
  const run = [
    `exit:${record.last_exit_code === null ? "None" : `Some(${record.last_exit_code})`}`,
    `timeout:${record.last_timed_out}`,
    `duration_ms:${record.last_duration_ms}`,
    `error_code:${record.last_error_code}`,
    `stdout_len:${utf8Length(record.last_stdout)}`,
    `stderr_len:${utf8Length(record.last_stderr)}`,
  ];
  return (
    `${record.command_name} op=${lowerAscii(record.operation)} status=${record.last_status_code} ` +
    `runs=${record.run_count} template=${record.template} policy=${permissions.join("|")} run=${run.join("|")}`
  );
}
