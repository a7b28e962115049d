import { jsonObject, type JsonObject } from "../json";
import { listArtifacts } from "./artifacts";
import type { AnsweredCase } from "./summary";

/** Where a live run leaves its records in the channel store (spec/tau/live-run.md §4). */
export const liveChannel = {
  transport: "browser-automation",
  channelId: "live",
  source: "tau-browser-automation-live-runner",
  artifactVisibility: "private",
} as const;

/** Payload of a case's log record. */
export function liveLogPayload({ item, result }: AnsweredCase): JsonObject {
  return jsonObject({
    case_id: item.caseId,
    operation: item.operation,
    status_code: result.statusCode,
    error_code: result.errorCode,
    response_body: result.body,
  });
}

/** One line for people, as it stands in the channel's context. */
export function liveContextText({ item, result }: AnsweredCase): string {
  return `browser automation live case ${item.caseId} operation=${item.operation} status=${result.statusCode} error_code=${result.errorCode}`;
}

/** The channel's MEMORY.md after a case, or null when the case left no artifact and the file stays as it is. */
export function liveMemory({ item, result }: AnsweredCase): string | null {
  const artifacts = listArtifacts(result.artifacts);
  if (artifacts.length === 0) return null;
  const errorCode = result.errorCode === "" ? "none" : result.errorCode;
  return [
    "# Tau Browser Automation Live Snapshot",
    "",
    `- case_id=${item.caseId} operation=${item.operation} status=${result.statusCode} error_code=${errorCode}`,
    ...artifacts.map((artifact) => `- artifact=${artifact.type}`),
  ].join("\n");
}

/** Groups a case's artifacts in the store. */
export function liveRunId({ item }: AnsweredCase): string {
  return `live-${item.caseId}`;
}
