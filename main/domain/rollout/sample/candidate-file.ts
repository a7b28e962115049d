import { z } from "zod";
import { candidateSchema, type Candidate } from "#contract/rollout/command";
import { readJson, type Source } from "./source";

/** `candidate.json`: the candidate, and the version of the file's own shape. */
const candidateFileSchema = candidateSchema.extend({ schemaVersion: z.literal(1) });

/** The candidate a workspace proposes, or why it proposes none: no file (empty), or one that cannot be used. */
export function proposedCandidate(source: Source): {
  readonly candidate: Candidate | null;
  readonly problem: string;
} {
  const read = readJson(source, candidateFileSchema);
  if (!read.ok)
    return { candidate: null, problem: read.sourced.status === "missing" ? "" : read.sourced.problem };
  const { schemaVersion: _, ...candidate } = read.content;
  return { candidate, problem: "" };
}
