import type { SurfaceDefinition } from "../../cycle/definition";
import { jsonDifference } from "../../cycle/drift";
import { byKeys } from "../../text";
import { concludeCustomCommandCase, countRunFailure, type CustomCommandCounter } from "./conclude";
import {
  checkCustomCommandCompatibility,
  customCommandCaseKey,
  decodeCustomCommandCase,
  validateCustomCommandCase,
  type CustomCommandCase,
} from "./contract";
import { evaluateCustomCommandCase } from "./evaluate";
import type { ExecutionPolicy } from "./policy";
import type { ExecuteCommand, RunEvaluation } from "./run";
import { decodeCustomCommandState, encodeCustomCommandState, type CustomCommandState } from "./state";

/** The custom-command surface, snapshot B (spec/tau/surfaces.md §10). `execute` starts the programs of RUN cases. */
export function customCommandDefinition(
  defaultPolicy: ExecutionPolicy,
  execute: ExecuteCommand,
): SurfaceDefinition<CustomCommandCase, CustomCommandState, RunEvaluation, CustomCommandCounter> {
  return {
    contractLabel: "custom-command",
    label: "custom-command",
    source: "tau-custom-command-runner",
    decodeCase: decodeCustomCommandCase,
    validateCase: validateCustomCommandCase,
    checkCompatibility: checkCustomCommandCompatibility,
    compareCases: byKeys(
      (item) => item.caseId,
      (item) => item.operation,
      (item) => item.commandName,
    ),
    caseKey: customCommandCaseKey,
    emptyState: [],
    decodeState: decodeCustomCommandState,
    encodeState: (state) => ({ beforeHealth: encodeCustomCommandState(state) }),
    evaluate: (item, state) => evaluateCustomCommandCase(item, state, defaultPolicy, execute),
    payloadDrift: (item, evaluation) => jsonDifference("response_body", item.expectedBody, evaluation.body),
    countAttempt: (_item, evaluation) => countRunFailure(evaluation),
    conclude: (concluded) => concludeCustomCommandCase(concluded, defaultPolicy),
    counters: [
      "upserted_commands",
      "deleted_commands",
      "executed_runs",
      "run_timeout_failures",
      "run_non_zero_exit_failures",
      "run_spawn_failures",
      "run_missing_command_failures",
    ],
    reasons: [
      { code: "command_registry_mutated", counters: ["upserted_commands", "deleted_commands"] },
      { code: "command_runs_recorded", counters: ["executed_runs"] },
      { code: "command_run_timeout_observed", counters: ["run_timeout_failures"] },
      { code: "command_run_non_zero_exit_observed", counters: ["run_non_zero_exit_failures"] },
      { code: "command_run_spawn_failures_observed", counters: ["run_spawn_failures"] },
      { code: "command_run_missing_command_observed", counters: ["run_missing_command_failures"] },
    ],
  };
}
