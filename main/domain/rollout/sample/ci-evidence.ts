import { ciFileSchema, type CiEvidence } from "#contract/rollout/observation";
import { documentRecord, readJson, type Source } from "./source";

/** The conclusion of CI's `live-smoke-matrix` (spec/tau/live-run.md §5), as the file gives it. */
export function ciEvidence(source: Source): CiEvidence {
  const read = readJson(source, ciFileSchema);
  if (!read.ok) return { ...read.sourced, commit: "", conclusion: "", record: null };
  return {
    ...read.sourced,
    commit: read.content.commit,
    conclusion: read.content.conclusion,
    record: documentRecord(source.path, read.text),
  };
}
