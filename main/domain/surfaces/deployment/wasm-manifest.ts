import { ContractError } from "../../contract-error";
import { FieldReader, unsigned32, unsigned64 } from "../../decode";
import { parseJson } from "../../json-parse";
import { isBlank } from "../../text";

const runtimeProfiles = ["wasm_wasi", "channel_automation_wasi"] as const;
const constraintProfiles = ["control_plane_gateway_v1", "channel_automation_runtime_v1"] as const;

/** What a deployment uses of a wasm manifest. */
export interface WasmManifest {
  readonly runtimeProfile: (typeof runtimeProfiles)[number];
  readonly artifactPath: string;
  readonly artifactSha256: string;
  readonly artifactSizeBytes: number;
  readonly capabilityConstraints: readonly string[];
}

/** Reads a wasm deliverable's manifest, schema 1 (spec/tau/surfaces.md §12); throws with the field at fault. */
export function parseWasmManifest(text: string): WasmManifest {
  const reader = new FieldReader(parseJson(text), "");
  reader.integer("schema_version", { ...unsigned32, minimum: 1, maximum: 1 });
  reader.choice("kind", ["tau_wasm_deliverable"]);
  for (const key of ["blueprint_id", "source_module_path"]) requireText(reader, key);
  reader.choice("deploy_target", ["wasm"]);
  reader.integer("generated_unix_ms", { ...unsigned64, minimum: 1 });
  reader.object("runtime_constraints", decodeRuntimeConstraints);
  reader.strings("observed_import_modules");
  return {
    runtimeProfile: reader.choice("runtime_profile", runtimeProfiles),
    artifactPath: requireText(reader, "artifact_path"),
    artifactSha256: requireDigest(reader, "artifact_sha256"),
    artifactSizeBytes: reader.integer("artifact_size_bytes", { ...unsigned64, minimum: 1 }),
    capabilityConstraints: reader.strings("capability_constraints"),
  };
}

function decodeRuntimeConstraints(reader: FieldReader): void {
  reader.integer("schema_version", { ...unsigned32, minimum: 1, maximum: 1 });
  reader.choice("profile_id", constraintProfiles);
  requireText(reader, "target_role");
  reader.choice("required_runtime_profile", runtimeProfiles);
  reader.choice("required_abi", ["wasi_snapshot_preview1"]);
  for (const key of ["required_feature_gates", "allowed_import_modules", "forbidden_import_modules"])
    reader.strings(key);
  reader.integer("max_artifact_size_bytes", { ...unsigned64, minimum: 1 });
}

function requireText(reader: FieldReader, key: string): string {
  const text = reader.string(key);
  if (isBlank(text)) throw new ContractError(`${reader.fieldPath(key)}: expected text, found blank`);
  return text;
}

function requireDigest(reader: FieldReader, key: string): string {
  const digest = reader.string(key);
  if (!/^[0-9a-f]{64}$/.test(digest))
    throw new ContractError(`${reader.fieldPath(key)}: expected 64 lower-case hexadecimal digits`);
  return digest;
}
