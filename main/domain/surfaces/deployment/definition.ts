import type { CaseConclusion, SurfaceDefinition } from "../../cycle/definition";
import { jsonDifference } from "../../cycle/drift";
import { contextLine } from "../../cycle/response";
import { jsonObject } from "../../json";
import { byKeys, isPlainName, lowerAscii } from "../../text";
import {
  checkDeploymentCompatibility,
  decodeDeploymentCase,
  type DeploymentCase,
  validateDeploymentCase,
} from "./contract";
import {
  type DeploymentEvaluation,
  evaluateDeploymentCase,
  type ReadManifest,
  rolloutStrategy,
} from "./evaluate";
import {
  decodeDeploymentState,
  type DeploymentState,
  emptyDeploymentState,
  encodeDeploymentState,
  recordRollout,
  renderDeploymentMemory,
} from "./state";

export type DeploymentCounter = "upserted_rollouts" | "wasm_rollouts" | "cloud_rollouts";

/** The deployment contract runner (spec/tau/surfaces.md §12). */
export function deploymentDefinition(
  readManifest: ReadManifest,
): SurfaceDefinition<DeploymentCase, DeploymentState, DeploymentEvaluation, DeploymentCounter> {
  return {
    contractLabel: "deployment",
    label: "deployment",
    source: "tau-deployment-runner",
    decodeCase: decodeDeploymentCase,
    validateCase: validateDeploymentCase,
    checkCompatibility: checkDeploymentCompatibility,
    compareCases: byKeys(
      (item) => item.caseId,
      (item) => item.blueprintId,
      (item) => item.deployTarget,
    ),
    caseKey: (item) =>
      [
        item.deployTarget,
        item.runtimeProfile,
        item.environment,
        lowerAscii(item.blueprintId),
        item.caseId,
      ].join(":"),
    emptyState: emptyDeploymentState,
    decodeState: decodeDeploymentState,
    encodeState: encodeDeploymentState,
    evaluate: (item) => evaluateDeploymentCase(item, readManifest),
    payloadDrift: (item, evaluation) => jsonDifference("response_body", item.expectedBody, evaluation.body),
    conclude: concludeDeploymentCase,
    counters: ["upserted_rollouts", "wasm_rollouts", "cloud_rollouts"],
    reasons: [
      { code: "wasm_rollout_applied", counters: ["wasm_rollouts"] },
      { code: "cloud_rollout_applied", counters: ["cloud_rollouts"] },
    ],
  };
}

function concludeDeploymentCase(concluded: {
  readonly item: DeploymentCase;
  readonly key: string;
  readonly evaluation: DeploymentEvaluation;
  readonly state: DeploymentState;
  readonly nowUnixMs: number;
}): CaseConclusion<DeploymentState, DeploymentCounter> {
  const { item, key, evaluation, nowUnixMs } = concluded;
  const { outcome, deployed, statusCode: status_code, errorCode: error_code } = evaluation;
  const blueprint = {
    deploy_target: item.deployTarget,
    runtime_profile: item.runtimeProfile,
    blueprint_id: item.blueprintId,
    environment: item.environment,
  };
  const head = { outcome, case_id: item.caseId, ...blueprint, status_code };
  const channel = {
    transport: "deployment",
    channelId: isPlainName(item.blueprintId) ? item.blueprintId : "deployment",
    contextText: contextLine(
      "deployment",
      item.caseId,
      evaluation,
      `blueprint=${item.blueprintId} target=${item.deployTarget}`,
    ),
  };
  if (deployed === null) {
    const logPayload = jsonObject({ ...head, error_code });
    return { state: concluded.state, counters: {}, channel: { ...channel, logPayload, memory: null } };
  }
  const state = recordRollout(concluded.state, {
    case_key: key,
    case_id: item.caseId,
    ...blueprint,
    region: item.region,
    ...deployed,
    replicas: item.replicas,
    rollout_strategy: rolloutStrategy(item.deployTarget),
    status_code,
    outcome,
    error_code,
    updated_unix_ms: nowUnixMs,
  });
  const wasm = item.deployTarget === "wasm" ? 1 : 0;
  return {
    state,
    counters: { upserted_rollouts: 1, wasm_rollouts: wasm, cloud_rollouts: 1 - wasm },
    channel: {
      ...channel,
      logPayload: jsonObject({ ...head, upserted_rollouts: 1 }),
      memory: renderDeploymentMemory(state, channel.channelId),
    },
  };
}
