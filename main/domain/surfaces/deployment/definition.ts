import type { CaseConclusion, SurfaceDefinition } from "../../cycle/definition";
import { jsonDifference } from "../../cycle/drift";
import { renderSnapshot, upsertRecord } from "../../cycle/records";
import { jsonObject } from "../../json";
import { byKeys, isPlainName, lowerAscii } from "../../text";
import {
  checkDeploymentCompatibility,
  decodeDeploymentCase,
  type DeploymentCase,
  validateDeploymentCase,
} from "./contract";
import {
  type DeployedArtifact,
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
  type Rollout,
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
    payloadDrift: (item, evaluation) =>
      jsonDifference("response_body", item.expectedBody, evaluation.responseBody),
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
  const { deployed } = evaluation;
  const state =
    deployed === null
      ? concluded.state
      : withRollout(concluded.state, rolloutOf(item, key, evaluation, deployed, nowUnixMs));
  return {
    state,
    counters:
      deployed === null
        ? {}
        : { upserted_rollouts: 1, [item.deployTarget === "wasm" ? "wasm_rollouts" : "cloud_rollouts"]: 1 },
    channel: {
      transport: "deployment",
      channelId: isPlainName(item.blueprintId) ? item.blueprintId : "deployment",
      logPayload: jsonObject({
        outcome: evaluation.outcome,
        case_id: item.caseId,
        deploy_target: item.deployTarget,
        runtime_profile: item.runtimeProfile,
        blueprint_id: item.blueprintId,
        environment: item.environment,
        status_code: evaluation.statusCode,
        ...(deployed === null ? { error_code: evaluation.errorCode } : { upserted_rollouts: 1 }),
      }),
      contextText:
        deployed === null
          ? `deployment case ${item.caseId} ended ${evaluation.outcome} error_code=${evaluation.errorCode} status=${evaluation.statusCode}`
          : `deployment case ${item.caseId} applied: ${item.blueprintId} to ${item.deployTarget} status=${evaluation.statusCode}`,
      memory: deployed === null ? null : renderMemory(state, item.blueprintId),
    },
  };
}

function rolloutOf(
  item: DeploymentCase,
  caseKey: string,
  evaluation: DeploymentEvaluation,
  deployed: DeployedArtifact,
  updatedUnixMs: number,
): Rollout {
  return {
    caseKey,
    caseId: item.caseId,
    deployTarget: item.deployTarget,
    runtimeProfile: item.runtimeProfile,
    blueprintId: item.blueprintId,
    environment: item.environment,
    region: item.region,
    artifact: deployed.artifact,
    artifactSha256: deployed.sha256,
    artifactSizeBytes: deployed.sizeBytes,
    artifactManifest: deployed.manifest,
    runtimeConstraints: deployed.runtimeConstraints,
    replicas: item.replicas,
    rolloutStrategy: rolloutStrategy(item.deployTarget),
    statusCode: evaluation.statusCode,
    outcome: evaluation.outcome,
    errorCode: evaluation.errorCode,
    updatedUnixMs,
  };
}

function withRollout(state: DeploymentState, rollout: Rollout): DeploymentState {
  const key = (candidate: Rollout): string => candidate.caseKey;
  return { ...state, rollouts: upsertRecord(state.rollouts, rollout, key, key) };
}

function renderMemory(state: DeploymentState, blueprintId: string): string {
  return renderSnapshot(
    `Deployment Snapshot (${blueprintId})`,
    state.rollouts
      .filter((rollout) => rollout.blueprintId === blueprintId)
      .map(
        (rollout) =>
          `${rollout.deployTarget} ${rollout.environment} status=${rollout.statusCode} ` +
          `replicas=${rollout.replicas} artifact=${rollout.artifact}`,
      ),
    "no rollouts",
  );
}
