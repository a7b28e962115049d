import type { StateFields } from "../../cycle/definition";
import { type FieldReader, unsigned16, unsigned64 } from "../../decode";
import { isJsonArray, type Json, jsonObject } from "../../json";
import { byKeys } from "../../text";

/** One accepted rollout, keys as in `state.json` (spec/tau/surfaces.md §12). */
export interface Rollout {
  readonly caseKey: string;
  readonly caseId: string;
  readonly deployTarget: string;
  readonly runtimeProfile: string;
  readonly blueprintId: string;
  readonly environment: string;
  readonly region: string;
  readonly artifact: string;
  readonly artifactSha256: string;
  readonly artifactSizeBytes: number;
  readonly artifactManifest: string;
  readonly runtimeConstraints: readonly string[];
  readonly replicas: number;
  readonly rolloutStrategy: string;
  readonly statusCode: number;
  readonly outcome: string;
  readonly errorCode: string;
  readonly updatedUnixMs: number;
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
    rollouts: reader.objects("rollouts", decodeRollout, []).toSorted(byKeys((rollout) => rollout.caseKey)),
    wasmDeliverables: reader.json("wasm_deliverables", null),
  };
}

function decodeRollout(reader: FieldReader): Rollout {
  return {
    caseKey: reader.string("case_key"),
    caseId: reader.string("case_id"),
    deployTarget: reader.string("deploy_target"),
    runtimeProfile: reader.string("runtime_profile"),
    blueprintId: reader.string("blueprint_id"),
    environment: reader.string("environment"),
    region: reader.string("region", ""),
    artifact: reader.string("artifact", ""),
    artifactSha256: reader.string("artifact_sha256", ""),
    artifactSizeBytes: reader.integer("artifact_size_bytes", unsigned64, 0),
    artifactManifest: reader.string("artifact_manifest", ""),
    runtimeConstraints: reader.strings("runtime_constraints", []),
    replicas: reader.integer("replicas", unsigned16, 1),
    rolloutStrategy: reader.string("rollout_strategy", ""),
    statusCode: reader.integer("status_code", unsigned16),
    outcome: reader.string("outcome"),
    errorCode: reader.string("error_code", ""),
    updatedUnixMs: reader.integer("updated_unix_ms", unsigned64, 0),
  };
}

export function encodeDeploymentState(state: DeploymentState): StateFields {
  const { wasmDeliverables } = state;
  const packaged = isJsonArray(wasmDeliverables) && wasmDeliverables.length > 0;
  return {
    beforeHealth: { rollouts: state.rollouts.map(encodeRollout) },
    ...(packaged ? { afterHealth: { wasm_deliverables: wasmDeliverables } } : {}),
  };
}

function encodeRollout(rollout: Rollout): Json {
  return jsonObject({
    case_key: rollout.caseKey,
    case_id: rollout.caseId,
    deploy_target: rollout.deployTarget,
    runtime_profile: rollout.runtimeProfile,
    blueprint_id: rollout.blueprintId,
    environment: rollout.environment,
    region: rollout.region,
    artifact: rollout.artifact,
    artifact_sha256: rollout.artifactSha256,
    artifact_size_bytes: rollout.artifactSizeBytes,
    artifact_manifest: rollout.artifactManifest,
    runtime_constraints: rollout.runtimeConstraints,
    replicas: rollout.replicas,
    rollout_strategy: rollout.rolloutStrategy,
    status_code: rollout.statusCode,
    outcome: rollout.outcome,
    error_code: rollout.errorCode,
    updated_unix_ms: rollout.updatedUnixMs,
  });
}
