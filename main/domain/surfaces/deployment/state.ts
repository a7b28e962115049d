import type { StateFields } from "../../cycle/definition";
import { renderSnapshot, upsertRecord } from "../../cycle/records";
import { type FieldReader, unsigned16, unsigned64 } from "../../decode";
import { isJsonArray, type Json, jsonObject } from "../../json";
import { byKeys } from "../../text";

/** One accepted rollout, keys in file order (spec/tau/surfaces.md §12). */
export interface Rollout {
  readonly case_key: string;
  readonly case_id: string;
  readonly deploy_target: string;
  readonly runtime_profile: string;
  readonly blueprint_id: string;
  readonly environment: string;
  readonly region: string;
  readonly artifact: string;
  readonly artifact_sha256: string;
  readonly artifact_size_bytes: number;
  readonly artifact_manifest: string;
  readonly runtime_constraints: readonly string[];
  readonly replicas: number;
  readonly rollout_strategy: string;
  readonly status_code: number;
  readonly outcome: string;
  readonly error_code: string;
  readonly updated_unix_ms: number;
}

export interface DeploymentState {
  readonly rollouts: readonly Rollout[];
  /**
   * What packaging recorded in the same file; null when there is nothing. The reference's runner loses it
   * (spec/tau/surfaces.md §12), we hand it on as it is.
   */
  readonly wasmDeliverables: Json;
}

export const emptyDeploymentState: DeploymentState = { rollouts: [], wasmDeliverables: null };

export function decodeDeploymentState(reader: FieldReader): DeploymentState {
  return {
    rollouts: reader.objects("rollouts", decodeRollout, []).toSorted(byKeys(rolloutKey)),
    wasmDeliverables: reader.json("wasm_deliverables", null),
  };
}

function decodeRollout(reader: FieldReader): Rollout {
  return {
    case_key: reader.string("case_key"),
    case_id: reader.string("case_id"),
    deploy_target: reader.string("deploy_target"),
    runtime_profile: reader.string("runtime_profile"),
    blueprint_id: reader.string("blueprint_id"),
    environment: reader.string("environment"),
    region: reader.string("region", ""),
    artifact: reader.string("artifact", ""),
    artifact_sha256: reader.string("artifact_sha256", ""),
    artifact_size_bytes: reader.integer("artifact_size_bytes", unsigned64, 0),
    artifact_manifest: reader.string("artifact_manifest", ""),
    runtime_constraints: reader.strings("runtime_constraints", []),
    replicas: reader.integer("replicas", unsigned16, 1),
    rollout_strategy: reader.string("rollout_strategy", ""),
    status_code: reader.integer("status_code", unsigned16),
    outcome: reader.string("outcome"),
    error_code: reader.string("error_code", ""),
    updated_unix_ms: reader.integer("updated_unix_ms", unsigned64, 0),
  };
}

export function encodeDeploymentState(state: DeploymentState): StateFields {
  const { wasmDeliverables } = state;
  const packaged = isJsonArray(wasmDeliverables) && wasmDeliverables.length > 0;
  return {
    beforeHealth: { rollouts: state.rollouts.map((rollout) => jsonObject({ ...rollout })) },
    ...(packaged ? { afterHealth: { wasm_deliverables: wasmDeliverables } } : {}),
  };
}

/** Adds or replaces the rollout with the same case key. */
export function recordRollout(state: DeploymentState, rollout: Rollout): DeploymentState {
  return { ...state, rollouts: upsertRecord(state.rollouts, rollout, rolloutKey, rolloutKey) };
}

/** MEMORY.md of one blueprint's channel; the channel `deployment` shows every blueprint. */
export function renderDeploymentMemory(state: DeploymentState, channelId: string): string {
  const shown =
    channelId === "deployment"
      ? state.rollouts
      : state.rollouts.filter((rollout) => rollout.blueprint_id === channelId);
  return renderSnapshot(
    `Deployment Snapshot (${channelId})`,
    shown.map(
      (rollout) =>
        `${rollout.deploy_target} environment=${rollout.environment} status=${rollout.status_code} ` +
        `replicas=${rollout.replicas} artifact=${rollout.artifact}`,
    ),
    "no rollouts",
  );
}

function rolloutKey(rollout: Rollout): string {
  return rollout.case_key;
}
