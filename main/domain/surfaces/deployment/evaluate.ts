import { accepted, rejected, type ResponseEvaluation, retryable } from "../../cycle/response";
import type { Json } from "../../json";
import {
  deploymentErrorCodes,
  type DeploymentCase,
  runtimeByTarget,
  supportedEnvironments,
} from "./contract";
import { parseWasmManifest, type WasmManifest } from "./wasm-manifest";

/** What a successful case deploys, keys as in `state.json`; the manifest's figures are blank without one. */
export interface DeployedArtifact {
  readonly artifact: string;
  readonly artifact_sha256: string;
  readonly artifact_size_bytes: number;
  readonly artifact_manifest: string;
  readonly runtime_constraints: readonly string[];
}

export interface DeploymentEvaluation extends ResponseEvaluation {
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
  const codes = deploymentErrorCodes;
  if (item.simulateRetryableFailure)
    return refused(retryable(503, codes.backendUnavailable, "control_plane_unavailable"));
  const invalid = invalidBlueprintReason(item);
  if (invalid !== null) return refused(rejected(400, codes.invalidBlueprint, invalid));
  if (runtimeByTarget[item.deployTarget] !== item.runtimeProfile)
    return refused(rejected(422, codes.unsupportedRuntime, "runtime_target_mismatch"));
  if (item.deployTarget !== "wasm")
    return item.containerImage === ""
      ? refused(rejected(400, codes.missingArtifact, "missing_container_image"))
      : deployed(item, unpackaged(item.containerImage));
  if (item.wasmManifest !== "") return evaluateManifest(item, readManifest);
  return item.wasmModule === ""
    ? refused(rejected(400, codes.missingArtifact, "missing_wasm_module"))
    : deployed(item, unpackaged(item.wasmModule));
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
  const codes = deploymentErrorCodes;
  let manifest: WasmManifest;
  try {
    manifest = parseWasmManifest(await readManifest(item.wasmManifest));
  } catch {
    return refused(rejected(400, codes.missingArtifact, "invalid_wasm_manifest"));
  }
  if (manifest.runtimeProfile !== item.runtimeProfile)
    return refused(rejected(422, codes.unsupportedRuntime, "wasm_manifest_runtime_mismatch"));
  return deployed(item, {
    artifact: manifest.artifactPath,
    artifact_sha256: manifest.artifactSha256,
    artifact_size_bytes: manifest.artifactSizeBytes,
    artifact_manifest: item.wasmManifest,
    runtime_constraints: manifest.capabilityConstraints,
  });
}

function unpackaged(artifact: string): DeployedArtifact {
  return {
    artifact,
    artifact_sha256: "",
    artifact_size_bytes: 0,
    artifact_manifest: "",
    runtime_constraints: [],
  };
}

/** How a target replaces what runs (spec/tau/surfaces.md §12). */
export function rolloutStrategy(deployTarget: string): string {
  if (deployTarget === "kubernetes") return "rolling";
  return deployTarget === "wasm" ? "canary" : "recreate";
}

function deployed(item: DeploymentCase, artifact: DeployedArtifact): DeploymentEvaluation {
  const described: Readonly<Record<string, Json>> =
    artifact.artifact_manifest === "" ? { artifact: artifact.artifact } : { ...artifact };
  const evaluation = accepted(item.deployTarget === "wasm" ? 201 : 202, {
    ...described,
    blueprint_id: item.blueprintId,
    deploy_target: item.deployTarget,
    environment: item.environment,
    region: item.region,
    replicas: item.replicas,
    rollout_strategy: rolloutStrategy(item.deployTarget),
    runtime_profile: item.runtimeProfile,
    status: "accepted",
  });
  return { ...evaluation, deployed: artifact };
}

function refused(evaluation: ResponseEvaluation): DeploymentEvaluation {
  return { ...evaluation, deployed: null };
}
