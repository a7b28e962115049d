import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../json";
import { unexpected } from "./fault";
import { isTruthy } from "./python-values";

/** A command of the final reply; a missing `type` or `code` is "". */
export interface FinalCommand {
  /** Any JSON; only a text can be an allowed type. */
  readonly type: Json;
  readonly code: string;
}

/** What is used of the final reply (spec/tos/orchestrator.md §6). `approval` and all else is not looked at. */
export interface FinalReply {
  /** `final_commands` as returned, for the log. */
  readonly logged: Json;
  readonly commands: readonly FinalCommand[];
  /** Goes into the history; any JSON. */
  readonly summary: Json;
}

/** Throws `OrchestratorFault` where the reference dies of the reply's shape. */
export function readFinalReply(value: Json, step: number): FinalReply {
  const file = `final reply of step ${step}`;
  if (!isJsonObject(value)) throw unexpected(file, "", "an object", value);
  const logged = value.get("final_commands") ?? (value.has("final_commands") ? null : []);
  return {
    logged,
    commands: commandsOf(file, logged).map((command, index) => readCommand(file, command, index)),
    summary: value.get("summary") ?? (value.has("summary") ? null : ""),
  };
}

function commandsOf(file: string, logged: Json): readonly Json[] {
  if (isJsonArray(logged)) return logged;
  // Python walks through an empty object or text as through an empty list.
  if ((isJsonObject(logged) || typeof logged === "string") && !isTruthy(logged)) return [];
  throw unexpected(file, "final_commands", "a list of commands", logged);
}

function readCommand(file: string, command: Json, index: number): FinalCommand {
  const field = `final_commands[${index}]`;
  if (!isJsonObject(command)) throw unexpected(file, field, "an object with type and code", command);
  const code = textOf(command, "code");
  if (typeof code !== "string") throw unexpected(file, `${field}.code`, "a text", code);
  return { type: textOf(command, "type"), code };
}

function textOf(command: JsonObject, key: string): Json {
  return command.get(key) ?? (command.has(key) ? null : "");
}
