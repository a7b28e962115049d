import type { ContractCase } from "../../cycle/definition";
import {
  caseFault,
  decodeResponseExpectation,
  requireSimulationConsistency,
  requireStatusBounds,
  requireText,
} from "../../cycle/fixture";
import { type FieldReader, unsigned16 } from "../../decode";
import type { Json } from "../../json";
import { lowerAscii, trimText } from "../../text";

/** Error codes of the deployment contract (spec/tau/surfaces.md §12). */
export const deploymentErrorCodes = {
  invalidBlueprint: "deployment_invalid_blueprint",
  unsupportedRuntime: "deployment_unsupported_runtime",
  missingArtifact: "deployment_missing_artifact",
  backendUnavailable: "deployment_backend_unavailable",
} as const;

/** Supported targets, and the one runtime profile each runs. */
export const runtimeByTarget: Readonly<Record<string, string>> = {
  container: "native",
  kubernetes: "native",
  wasm: "wasm_wasi",
};
export const supportedEnvironments: readonly string[] = ["staging", "production"];

/**
 * One deployment case. `deployTarget`, `runtimeProfile` and `environment` are trimmed and lower-cased, the other texts
 * trimmed.
 */
export interface DeploymentCase extends ContractCase {
  readonly deployTarget: string;
  readonly runtimeProfile: string;
  readonly blueprintId: string;
  readonly environment: string;
  readonly region: string;
  readonly containerImage: string;
  readonly wasmModule: string;
  readonly wasmManifest: string;
  readonly replicas: number;
  readonly expectedBody: Json;
}

export function decodeDeploymentCase(reader: FieldReader, common: ContractCase): DeploymentCase {
  const folded = (key: string): string => lowerAscii(trimText(reader.string(key)));
  return {
    ...common,
    deployTarget: folded("deploy_target"),
    runtimeProfile: folded("runtime_profile"),
    blueprintId: trimText(reader.string("blueprint_id")),
    environment: folded("environment"),
    region: trimText(reader.string("region")),
    containerImage: trimText(reader.string("container_image", "")),
    wasmModule: trimText(reader.string("wasm_module", "")),
    wasmManifest: trimText(reader.string("wasm_manifest", "")),
    replicas: reader.integer("replicas", unsigned16, 1),
    ...decodeResponseExpectation(reader, common),
  };
}

/** Rules of spec/tau/surfaces.md §§1, 12 beyond the shape. */
export function validateDeploymentCase(item: DeploymentCase): void {
  requireText(item, "deploy_target", item.deployTarget);
  requireText(item, "runtime_profile", item.runtimeProfile);
  requireText(item, "blueprint_id", item.blueprintId);
  requireText(item, "environment", item.environment);
  requireText(item, "region", item.region);
  if (item.replicas < 1) throw caseFault(item, "replicas", "expected 1 or more, found 0");
  requireSimulationConsistency(item);
  requireStatusBounds(item, item.expectedBody, Object.values(deploymentErrorCodes));
}

/** A case that is not expected to be refused must be one that can be deployed at all. */
export function checkDeploymentCompatibility(item: DeploymentCase): void {
  if (item.expected.outcome === "malformed_input") return;
  requireOneOf(item, "deploy_target", item.deployTarget, Object.keys(runtimeByTarget));
  requireOneOf(item, "runtime_profile", item.runtimeProfile, [...new Set(Object.values(runtimeByTarget))]);
  requireOneOf(item, "environment", item.environment, supportedEnvironments);
  const runtime = runtimeByTarget[item.deployTarget] ?? "";
  if (item.runtimeProfile !== runtime)
    throw caseFault(
      item,
      "runtime_profile",
      `expected ${runtime} for deploy_target ${item.deployTarget}, found '${item.runtimeProfile}'`,
    );
  if (item.deployTarget === "wasm") {
    if (item.wasmModule === "" && item.wasmManifest === "")
      throw caseFault(item, "wasm_module", "expected wasm_module or wasm_manifest for deploy_target wasm");
  } else requireText(item, "container_image", item.containerImage);
}

function requireOneOf(
  item: DeploymentCase,
  field: string,
  value: string,
  supported: readonly string[],
): void {
  if (supported.includes(value)) return;
  throw caseFault(item, field, `unsupported ${field} '${value}', expected one of ${supported.join(", ")}`);
}
