import { type FieldReader, unsigned16, unsigned64 } from "../../decode";
import { isJsonArray, type Json } from "../../json";
import { isBlank, lowerAscii, trimText, upperAscii } from "../../text";
import { countStatusCodes, countWords, total } from "./counts";
import type { SurfaceInspector } from "./report";

/** The part of a record that inspections count, read one field at a time: the other fields may be anything. */
type RecordReader = FieldReader;

const records = (reader: FieldReader, key: string): readonly RecordReader[] =>
  reader.objects(key, (record) => record, []);
const words = (items: readonly RecordReader[], key: string): string[] =>
  items.map((item) => item.string(key, ""));
const codes = (items: readonly RecordReader[], key: string): number[] =>
  items.map((item) => item.integer(key, unsigned16, 0));
const counts = (items: readonly RecordReader[], key: string): number[] =>
  items.map((item) => item.integer(key, unsigned64, 0));
const processedCases = (reader: FieldReader): Json => reader.strings("processed_case_keys", []).length;

/** Number of items of a list, whatever they are. */
function lengthOf(reader: FieldReader, key: string): number {
  const list = reader.json(key, []);
  return isJsonArray(list) ? list.length : records(reader, key).length;
}

/** spec/tau/health.md §4, row dashboard. */
export const inspectDashboard: SurfaceInspector = (reader) => ({
  fields: {
    processed_case_count: processedCases(reader),
    widget_count: lengthOf(reader, "widget_views"),
    control_audit_count: lengthOf(reader, "control_audit"),
  },
  reasonCodeCounts: false,
});

/** spec/tau/health.md §4, row voice. */
export const inspectVoice: SurfaceInspector = (reader) => {
  const interactions = records(reader, "interactions");
  return {
    fields: {
      processed_case_count: processedCases(reader),
      interaction_count: interactions.length,
      mode_counts: countWords(words(interactions, "mode")),
      speaker_counts: countWords(words(interactions, "speaker_id")),
      outcome_counts: countWords(words(interactions, "last_outcome")),
      status_code_counts: countStatusCodes(codes(interactions, "last_status_code")),
      utterance_count: words(interactions, "utterance").filter((utterance) => !isBlank(utterance)).length,
      total_run_count: total(counts(interactions, "run_count")),
    },
  };
};

/** spec/tau/health.md §4, row custom-command. */
export const inspectCustomCommand: SurfaceInspector = (reader) => {
  const commands = records(reader, "commands");
  return {
    fields: {
      processed_case_count: processedCases(reader),
      command_count: commands.length,
      command_name_counts: countWords(words(commands, "command_name")),
      operation_counts: countWords(words(commands, "operation").map(upperAscii)),
      outcome_counts: countWords(words(commands, "last_outcome")),
      status_code_counts: countStatusCodes(codes(commands, "last_status_code")),
      total_run_count: total(counts(commands, "run_count")),
    },
  };
};

/** spec/tau/health.md §4, row deployment: every target but `wasm` counts as cloud. */
export const inspectDeployment: SurfaceInspector = (reader) => {
  const rollouts = records(reader, "rollouts");
  const targets = words(rollouts, "deploy_target").map((target) => lowerAscii(trimText(target)));
  return {
    fields: {
      processed_case_count: processedCases(reader),
      rollout_count: rollouts.length,
      target_counts: countWords(targets),
      runtime_profile_counts: countWords(words(rollouts, "runtime_profile").map(lowerAscii)),
      environment_counts: countWords(words(rollouts, "environment").map(lowerAscii)),
      outcome_counts: countWords(words(rollouts, "outcome")),
      status_code_counts: countStatusCodes(codes(rollouts, "status_code")),
      error_code_counts: countWords(words(rollouts, "error_code")),
      total_replicas: total(codes(rollouts, "replicas")),
      wasm_rollout_count: targets.filter((target) => target === "wasm").length,
      cloud_rollout_count: targets.filter((target) => target !== "wasm" && target !== "").length,
    },
  };
};

/** spec/tau/health.md §4, row multi-agent. */
export const inspectMultiAgent: SurfaceInspector = (reader) => {
  const cases = records(reader, "routed_cases");
  return {
    fields: {
      processed_case_count: processedCases(reader),
      routed_case_count: cases.length,
      phase_counts: countWords(words(cases, "phase")),
      selected_role_counts: countWords(words(cases, "selected_role")),
      category_counts: countWords(words(cases, "category")),
    },
  };
};

/**
 * spec/tau/health.md §4, row multi-channel. The spec does not say what telemetry holds, so the stored object is passed
 * on as it is; `connectors` is the parsed `live-connectors-state.json`, undefined when there is none.
 */
export function multiChannelInspector(connectors: Json | undefined): SurfaceInspector {
  return (reader) => {
    const keys = reader.strings("processed_event_keys", []);
    return {
      fields: {
        processed_event_count: keys.length,
        transport_counts: countWords(keys.map((key) => (key.includes(":") ? (key.split(":")[0] ?? "") : ""))),
      },
      trailing: {
        telemetry: reader.json("telemetry", new Map()),
        ...(connectors === undefined ? {} : { connectors }),
      },
    };
  };
}
