import type { CaseEvaluation } from "../../cycle/definition";
import { type Json, jsonObject, type JsonObject } from "../../json";
import {
  type DeploymentCase,
  type DeploymentErrorCode,
  runtimeByTarget,
  supportedEnvironments,
} from "./contract";
import { parseWasmManifest, type WasmManifest } from "./wasm-manifest";

/** What a successful case deploys; the manifest's figures are blank without one. */
export interface DeployedArtifact {
  readonly artifact: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly manifest: string;
  readonly runtimeConstraints: readonly string[];
}

export interface DeploymentEvaluation extends CaseEvaluation {
  readonly statusCode: number;
  readonly responseBody: JsonObject;
  /** Null unless the outcome is a success. */
  readonly deployed: DeployedArtifact | null;
}

/** Reads a manifest file's text; rejects when it cannot be read. */
export type ReadManifest = (path: string) => Promise<string>;

/** What deploying one case comes to; the first rule that applies decides (spec/tau/surfaces.md §12). */
export async function evaluateDeploymentCase(
  item: DeploymentCase,
  readManifest: ReadManifest,
): Promise<DeploymentEvaluation> {
  if (item.simulateRetryableFailure)
    return refusal("retryable_failure", 503, "deployment_backend_unavailable", "control_plane_unavailable");
  const invalid = invalidBlueprintReason(item);
  if (invalid !== null)
    return refusal("malformed_input", 400, "deployment_invalid_blueprint", invalid);
  if (runtimeByTarget[item.deployTarget] !== item.runtimeProfile)
    return refusal("malformed_input", 422, "deployment_unsupported_runtime", "runtime_target_mismatch");
  if (item.deployTarget !== "wasm")
    return item.containerImage === ""
      ? refusal("malformed_input", 400, "deployment_missing_artifact", "missing_container_image")
      : acceptance(item, unpackaged(item.containerImage));
  if (item.wasmManifest !== "") return evaluateManifest(item, readManifest);
  return item.wasmModule === ""
    ? refusal("malformed_input", 400, "deployment_missing_artifact", "missing_wasm_module")
    : acceptance(item, unpackaged(item.wasmModule));
}

function invalidBlueprintReason(item: DeploymentCase): string | null {
  if (!Object.hasOwn(runtimeByTarget, item.deployTarget)) return "unsupported_target";
  if (!Object.values(runtimeByTarget).includes(item.runtimeProfile)) return "unsupported_runtime_profile";
  return supportedEnvironments.includes(item.environment) ? null : "unsupported_environment";
}

async function evaluateManifest(
  item: DeploymentCase,
  readManifest: ReadManifest,
): Promise<DeploymentEvaluation> {
  let manifest: WasmManifest;
  try {
    manifest = parseWasmManifest(await readManifest(item.wasmManifest));
  } catch {
    return refusal("malformed_input", 400, "deployment_missing_artifact", "invalid_wasm_manifest");
  }
  if (manifest.runtimeProfile !== item.runtimeProfile)
    return refusal(
      "malformed_input",
      422,
      "deployment_unsupported_runtime",
      "wasm_manifest_runtime_mismatch",
    );
  return acceptance(item, {
    artifact: manifest.artifactPath,
    sha256: manifest.artifactSha256,
    sizeBytes: manifest.artifactSizeBytes,
    manifest: item.wasmManifest,
    runtimeConstraints: manifest.capabilityConstraints,
  });
}

function unpackaged(artifact: string): DeployedArtifact {
  return { artifact, sha256: "", sizeBytes: 0, manifest: "", runtimeConstraints: [] };
}

/** How a target replaces what runs (spec/tau/surfaces.md §12). */
export function rolloutStrategy(deployTarget: string): string {
  if (deployTarget === "kubernetes") return "rolling";
  return deployTarget === "wasm" ? "canary" : "recreate";
}

function acceptance(item: DeploymentCase, deployed: DeployedArtifact): DeploymentEvaluation {
  const packaged: Readonly<Record<string, Json>> =
    deployed.manifest === ""
      ? {}
      : {
          artifact_manifest: deployed.manifest,
          artifact_sha256: deployed.sha256,
          artifact_size_bytes: deployed.sizeBytes,
          runtime_constraints: deployed.runtimeConstraints,
        };
  return {
    outcome: "success",
    errorCode: "",
    statusCode: item.deployTarget === "wasm" ? 201 : 202,
    responseBody: jsonObject({
      artifact: deployed.artifact,
      ...packaged,
      blueprint_id: item.blueprintId,
      deploy_target: item.deployTarget,
      environment: item.environment,
      region: item.region,
      replicas: item.replicas,
      rollout_strategy: rolloutStrategy(item.deployTarget),
      runtime_profile: item.runtimeProfile,
      status: "accepted",
    }),
    deployed,
  };
}

function refusal(
  outcome: "malformed_input" | "retryable_failure",
  statusCode: number,
  errorCode: DeploymentErrorCode,
  reason: string,
): DeploymentEvaluation {
  const status = outcome === "retryable_failure" ? "retryable" : "rejected";
  return {
    outcome,
    errorCode,
    statusCode,
    responseBody: jsonObject({ reason, status }),
    deployed: null,
  };
}
