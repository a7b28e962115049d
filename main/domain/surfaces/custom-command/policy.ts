import { unsigned32, type FieldReader } from "../../decode";
import { jsonObject, type JsonObject } from "../../json";
import { lowerAscii, trimText } from "../../text";

/** What a custom command may do, keys in file order (spec/tau/surfaces.md §10). Approval and network are recorded, not enforced. */
export interface ExecutionPolicy {
  readonly schema_version: number;
  readonly require_approval: boolean;
  readonly allow_shell: boolean;
  readonly allow_network: boolean;
  readonly sandbox_profile: string;
  readonly allowed_env: readonly string[];
  readonly denied_env: readonly string[];
}

/** The policy where nothing else is said. */
export const defaultExecutionPolicy: ExecutionPolicy = {
  schema_version: 1,
  require_approval: true,
  allow_shell: false,
  allow_network: false,
  sandbox_profile: "restricted",
  allowed_env: [],
  denied_env: [
    "aws_secret_access_key",
    "gcp_service_account_key",
    "openai_api_key",
    "anthropic_api_key",
    "google_api_key",
  ],
};

const sandboxProfiles = ["restricted", "workspace_write", "unrestricted"];

/** Reads a policy; missing keys take their defaults. */
export function decodeExecutionPolicy(reader: FieldReader): ExecutionPolicy {
  const fallback = defaultExecutionPolicy;
  return {
    schema_version: reader.integer("schema_version", unsigned32, fallback.schema_version),
    require_approval: reader.boolean("require_approval", fallback.require_approval),
    allow_shell: reader.boolean("allow_shell", fallback.allow_shell),
    allow_network: reader.boolean("allow_network", fallback.allow_network),
    sandbox_profile: reader.string("sandbox_profile", fallback.sandbox_profile),
    allowed_env: reader.strings("allowed_env", fallback.allowed_env),
    denied_env: reader.strings("denied_env", fallback.denied_env),
  };
}

export function encodeExecutionPolicy(policy: ExecutionPolicy): JsonObject {
  return jsonObject({ ...policy });
}

/** The profile as it is compared. */
export function sandboxProfile(policy: ExecutionPolicy): string {
  return lowerAscii(trimText(policy.sandbox_profile));
}

/** True for a name that may be an environment variable, as it is written. */
export function isEnvironmentKey(key: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key);
}

/** Why a policy cannot be used; null when it can. */
export function policyFault(policy: ExecutionPolicy): string | null {
  if (policy.schema_version !== 1)
    return `unsupported policy schema version ${policy.schema_version} (expected 1)`;
  if (!sandboxProfiles.includes(sandboxProfile(policy))) {
    return `unsupported sandbox_profile '${policy.sandbox_profile}', expected one of ${sandboxProfiles.join(", ")}`;
  }
  for (const list of ["allowed_env", "denied_env"] as const) {
    const seen = new Set<string>();
    for (const key of policy[list]) {
      if (!isEnvironmentKey(key)) return `${list}: '${key}' is not an environment variable name`;
      const folded = lowerAscii(key);
      if (seen.has(folded)) return `${list}: duplicate key '${key}'`;
      seen.add(folded);
    }
  }
  const both = policy.allowed_env.find((key) => isListed(policy.denied_env, key));
  return both === undefined ? null : `key '${both}' is in both allowed_env and denied_env`;
}

/** Whether an argument or placeholder may be used: not denied, and allowed where there is an allow list. Case does not count. */
export function isKeyPermitted(policy: ExecutionPolicy, key: string): boolean {
  if (isListed(policy.denied_env, key)) return false;
  return policy.allowed_env.length === 0 || isListed(policy.allowed_env, key);
}

function isListed(list: readonly string[], key: string): boolean {
  const folded = lowerAscii(key);
  return list.some((listed) => lowerAscii(listed) === folded);
}
