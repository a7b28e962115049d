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
