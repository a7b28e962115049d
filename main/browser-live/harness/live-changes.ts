import path from "node:path";
import type { BrowserLiveSummary } from "#contract/reading";
import { encodeArtifactRecord, listArtifacts } from "#domain/browser-live/artifacts";
import { liveChannel, liveChannelEntry, liveRunId } from "#domain/browser-live/channel-records";
import { liveEventRecord, previousHealthState } from "#domain/browser-live/event-record";
import type { AnsweredCase } from "#domain/browser-live/summary";
import { printCompact } from "#domain/json";
import { channelChanges, channelDirectory, channelSegment } from "../../runner/channel-store";
import { appendChange, replaceChange, type Change } from "../../runner/commit";
import { fileSize, readTail, sha256 } from "../../runner/state-files";

const eventLog = "runtime-events.jsonl";
/** More than one record of the event log can be long. */
const tailBytes = 64 * 1024;

/** Everything a live run writes below its state directory, as one durable step (spec/tau/live-run.md §4, surfaces.md §6). */
export function liveChanges(
  stateDir: string,
  answered: readonly AnsweredCase[],
  summary: BrowserLiveSummary,
  options: { readonly retentionDays: number | null; readonly nowUnixMs: number },
): readonly Change[] {
  const channel = channelDirectory(liveChannel.transport, liveChannel.channelId);
  const index = path.join(channel, "artifacts/index.jsonl");
  const stored = answered.flatMap((item) => storeArtifacts(item, options.retentionDays));
  const record = liveEventRecord(summary, readPreviousState(stateDir), options.nowUnixMs);
  return [
    ...stored.map((artifact) =>
      replaceChange(stateDir, path.join(channel, artifact.relativePath), artifact.content),
    ),
    // The channel store opens an empty index; the artifacts' records take the place of that.
    ...channelChanges(stateDir, answered.map(liveChannelEntry)).filter((change) => change.path !== index),
    appendChange(stateDir, index, stored.map((artifact) => artifact.record).join("")),
    appendChange(stateDir, eventLog, `${printCompact(record)}\n`),
  ];
}

interface StoredArtifact {
  readonly relativePath: string;
  readonly content: string;
  /** Its line in the index. */
  readonly record: string;
}

function storeArtifacts(answered: AnsweredCase, retentionDays: number | null): readonly StoredArtifact[] {
  const runId = liveRunId(answered);
  const createdUnixMs = answered.answeredUnixMs;
  return listArtifacts(answered.result.artifacts).map((artifact) => {
    const { type, extension } = artifact;
    const content = artifact.content.endsWith("\n") ? artifact.content : `${artifact.content}\n`;
    const seed = `${runId}:${type}:${createdUnixMs}:${liveChannel.channelId}`;
    const id = `artifact-${createdUnixMs}-${sha256(seed).slice(0, 8)}`;
    const relativePath = path.posix.join("artifacts", channelSegment(runId), `${type}-${id}.${extension}`);
    const record = encodeArtifactRecord({
      id,
      runId,
      type,
      relativePath,
      bytes: Buffer.byteLength(content),
      checksum: sha256(content),
      createdUnixMs,
      retentionDays,
    });
    return { relativePath, content, record: `${printCompact(record)}\n` };
  });
}

function readPreviousState(stateDir: string): string {
  const file = path.join(stateDir, eventLog);
  const tail = readTail(file, Math.max(0, fileSize(file) - tailBytes));
  return tail === null ? "unknown" : previousHealthState(tail.tail.toString("utf8"));
}
