import { jsonObject, type Json } from "../json";
import { isBlank } from "../text";
import type { ArtifactBundle } from "./action-result";

/** One artifact as the channel store keeps it. */
export interface LiveArtifact {
  readonly type: "dom_snapshot" | "screenshot" | "trace";
  readonly extension: "html" | "svg" | "json";
  readonly content: string;
}

/** The artifacts of a case that are not blank, in the order they are stored and reported (spec/tau/live-run.md §4). */
export function listArtifacts(bundle: ArtifactBundle): readonly LiveArtifact[] {
  const all: readonly LiveArtifact[] = [
    { type: "dom_snapshot", extension: "html", content: bundle.domSnapshotHtml },
    { type: "screenshot", extension: "svg", content: bundle.screenshotSvg },
    { type: "trace", extension: "json", content: bundle.traceJson },
  ];
  return all.filter((artifact) => !isBlank(artifact.content));
}

/** What the channel store's index says of one artifact. */
export interface ArtifactDescription {
  readonly id: string;
  readonly runId: string;
  readonly type: LiveArtifact["type"];
  /** Path of the file inside the channel's folder. */
  readonly relativePath: string;
  readonly bytes: number;
  readonly checksum: string;
  readonly createdUnixMs: number;
  /** Days until it may be purged; null keeps it. */
  readonly retentionDays: number | null;
}

const dayMs = 86_400_000;

/** A record of `artifacts/index.jsonl`, keys in the file's order (spec/tau/surfaces.md §6); live artifacts are private. */
export function encodeArtifactRecord(artifact: ArtifactDescription): Json {
  return jsonObject({
    id: artifact.id,
    run_id: artifact.runId,
    artifact_type: artifact.type,
    visibility: "private",
    relative_path: artifact.relativePath,
    bytes: artifact.bytes,
    checksum_sha256: artifact.checksum,
    created_unix_ms: artifact.createdUnixMs,
    expires_unix_ms:
      artifact.retentionDays === null ? null : artifact.createdUnixMs + artifact.retentionDays * dayMs,
  });
}
