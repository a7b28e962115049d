import type { HealthSnapshot } from "#contract/health";
import type { Gate } from "#contract/identity";
import { decodeHealth, emptyHealth } from "../../cycle/health-snapshot";
import { FieldReader } from "../../decode";
import { classifyHealth, type HealthClassification } from "../../health";
import { type Json, jsonObject, type JsonObject } from "../../json";
import { parseJson } from "../../json-parse";
import { isBlank, trimText } from "../../text";
import type { EventLogSummary } from "../event-log";

/** The two files of a status inspection, read and not yet judged. */
export interface StatusSource {
  readonly statePath: string;
  readonly eventsLogPath: string;
  readonly state: InspectedState;
  readonly events: EventLogSummary;
}

/** A state file, parsed as far as every inspection needs it. */
export interface InspectedState {
  readonly reader: FieldReader;
  readonly health: HealthSnapshot;
}

/**
 * Parses a state file for inspection: any JSON object will do, a missing `health` is all zeros and `schema_version` is
 * not looked at (spec/tau/health.md §3). Throws a `ContractError` or `JsonSyntaxError` that names the field.
 */
export function parseInspectedState(text: string): InspectedState {
  const reader = new FieldReader(parseJson(text), "");
  return { reader, health: reader.object("health", decodeHealth, emptyHealth) };
}

/** What one surface adds to the common keys of its status report. */
export interface SurfaceSection {
  /** Keys between the common head and the common tail, in order. */
  readonly fields: Readonly<Record<string, Json>>;
  /** Decides the gate in place of the health state (gateway). */
  readonly rollout?: { readonly gate: Gate; readonly reasonCode: string };
  /** Keys after the common tail (multi-channel). */
  readonly trailing?: Readonly<Record<string, Json>>;
  /** False for the dashboard, whose report has no `reason_code_counts`. */
  readonly reasonCodeCounts?: boolean;
}

export type SurfaceInspector = (reader: FieldReader, health: HealthClassification) => SurfaceSection;

/** A status report: the figures other reports use, and the whole as it is printed. */
export interface SurfaceStatus {
  readonly classification: HealthClassification;
  readonly healthReason: string;
  readonly rolloutGate: Gate;
  /** `rollout_reason_code` where the surface has one, else the last non-blank reason code of the last cycle. */
  readonly reasonCode: string | undefined;
  readonly health: HealthSnapshot;
  readonly report: JsonObject;
}

/**
 * Derives a surface's status from its files (spec/tau/health.md §4): state from the health snapshot, reason from the
 * last cycle of the log where it gives one (so the two can disagree), gate from the state unless the surface decides.
 */
export function surfaceStatus(source: StatusSource, inspect: SurfaceInspector): SurfaceStatus {
  const { events } = source;
  const { reader, health } = source.state;
  const classification = classifyHealth(health);
  const section = inspect(reader, classification);
  const healthReason = isBlank(events.lastHealthReason) ? classification.reason : events.lastHealthReason;
  const rolloutGate = section.rollout?.gate ?? gateOfHealth(classification);
  return {
    classification,
    healthReason,
    rolloutGate,
    reasonCode: section.rollout?.reasonCode ?? lastReasonCode(events.lastReasonCodes),
    health,
    report: jsonObject({
      state_path: source.statePath,
      events_log_path: source.eventsLogPath,
      events_log_present: events.present,
      health_state: classification.state,
      health_reason: healthReason,
      rollout_gate: rolloutGate,
      ...section.fields,
      cycle_reports: events.cycleReports,
      invalid_cycle_reports: events.invalidCycleReports,
      last_reason_codes: events.lastReasonCodes,
      ...(section.reasonCodeCounts === false
        ? {}
        : { reason_code_counts: new Map<string, Json>(events.reasonCodeCounts) }),
      health: jsonObject(health),
      ...section.trailing,
    }),
  };
}

/** `pass` iff the health state is healthy (spec/tau/health.md §4). */
export function gateOfHealth(classification: HealthClassification): Gate {
  return classification.state === "healthy" ? "pass" : "hold";
}

function lastReasonCode(codes: readonly string[]): string | undefined {
  return codes.map(trimText).findLast((code) => code !== "");
}
