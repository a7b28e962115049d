import type { StampedChannelEntry } from "../cycle/play-cycle";
import { jsonObject } from "../json";
import { browserCaseKey } from "../surfaces/browser-automation/contract";
import { listArtifacts } from "./artifacts";
import type { AnsweredCase } from "./summary";

/** Channel of the live run (spec/tau/live-run.md §4). */
export const liveChannel = { transport: "browser-automation", channelId: "live" } as const;

/** What a case leaves in the channel store beside its artifacts (spec/tau/live-run.md §4). */
export function liveChannelEntry(answered: AnsweredCase): StampedChannelEntry {
  const { item, result, answeredUnixMs } = answered;
  return {
    ...liveChannel,
    eventKey: browserCaseKey(item),
    source: "tau-browser-automation-live-runner",
    timestampUnixMs: answeredUnixMs,
    logPayload: jsonObject({
      case_id: item.caseId,
      operation: item.operation,
      status_code: result.statusCode,
      error_code: result.errorCode,
      response_body: result.body,
    }),
    contextText: `browser automation live case ${item.caseId} operation=${item.operation} status=${result.statusCode} error_code=${result.errorCode}`,
    memory: liveMemory(answered),
  };
}

/** The channel's MEMORY.md after a case, or null when the case left no artifact and the file stays as it is. */
function liveMemory({ item, result }: AnsweredCase): string | null {
  const artifacts = listArtifacts(result.artifacts);
  if (artifacts.length === 0) return null;
  return [
    "# Tau Browser Automation Live Snapshot",
    "",
    `- case_id=${item.caseId} operation=${item.operation} status=${result.statusCode} error_code=${result.errorCode || "none"}`,
    ...artifacts.map((artifact) => `- artifact=${artifact.type}`),
  ].join("\n");
}

/** Groups a case's artifacts in the store (spec/tau/live-run.md §4). */
export function liveRunId({ item }: AnsweredCase): string {
  return `live-${item.caseId}`;
}
