import { z } from "../schema";
import { countSchema, unixMillisecondsSchema } from "../identity";

export const commitSchema = z.object({
  hash: z.string(),
  subject: z.string(),
  author: z.string(),
  unixMs: unixMillisecondsSchema,
});
export type Commit = z.infer<typeof commitSchema>;

/** A commit whose message begins with `CHECKPOINT `. */
export const checkpointSchema = commitSchema.extend({
  name: z.string(),
  /** It is where the branch stands. */
  isHead: z.boolean(),
  /** `logs/last_checkpoint.txt` names it: a rollback without a target goes there. */
  isLast: z.boolean(),
  /** Commits of the branch after it, which a rollback to it would take off. */
  commitsAfter: countSchema,
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const changeKinds = [
  "added",
  "modified",
  "deleted",
  "renamed",
  "type-changed",
  "unmerged",
  "untracked",
] as const;

/** An entry of the working tree that is not as it was committed. */
export const treeEntrySchema = z.object({
  path: z.string(),
  kind: z.enum(changeKinds),
  staged: z.boolean(),
  unstaged: z.boolean(),
});
export type TreeEntry = z.infer<typeof treeEntrySchema>;

/** What became of one file in a rollback. */
export const previewFileSchema = z.object({
  path: z.string(),
  /** How git saw it before. `run-state`: an ignored file that the automatic test removes. */
  kind: z.enum(["tracked", "untracked", "ignored", "run-state"]),
  /** `removed`: gone afterwards. `changed`: other content. `restored`: was not there and comes back. */
  change: z.enum(["removed", "changed", "restored"]),
  /** Of the present content; null where there is none. */
  bytes: countSchema.nullable(),
  /** Whether the present content is kept in a commit or in the recovery ref, so that an undo brings it back. */
  recoverable: z.boolean(),
  /** Why it goes, where that is not plain from the commits. */
  note: z.string(),
});
export type PreviewFile = z.infer<typeof previewFileSchema>;

/** Exactly what a rollback (or the undo of one) would do, as of now. */
export const rollbackPreviewSchema = z.object({
  /** Names what was seen. A rollback carries it back and is refused when anything has changed since. */
  previewId: z.string(),
  operation: z.enum(["rollback", "undo"]),
  branch: z.string().nullable(),
  from: commitSchema,
  to: commitSchema,
  /** Where the target came from: given, `logs/last_checkpoint.txt`, or a recovery. */
  targetSource: z.string(),
  /** Commits that leave the branch, newest first; at most 1,000 are listed. */
  commits: z.array(commitSchema),
  commitCount: countSchema,
  /** Commits that come onto the branch (the target is no ancestor). */
  incomingCount: countSchema,
  /** At most 5,000 are listed. */
  files: z.array(previewFileSchema),
  fileCount: countSchema,
  /** Why it would be refused, one line each; empty when it may go on. */
  obstacles: z.array(z.string()),
  /** What an operator should know, one line each: remotes, submodules, nested repositories, what stays. */
  notes: z.array(z.string()),
  /** The automatic test that follows runs the orchestrator. */
  runsTest: z.boolean(),
});
export type RollbackPreview = z.infer<typeof rollbackPreviewSchema>;

/** What a rollback took away and how to get it back. */
export const recoverySchema = z.object({
  recoveryId: z.string(),
  ref: z.string(),
  unixMs: unixMillisecondsSchema,
  operator: z.string(),
  reason: z.string(),
  /** Where the branch stood, and where it was taken. */
  from: commitSchema,
  toHash: z.string(),
  branch: z.string().nullable(),
  /** Files kept beside the commits: untracked, ignored and run state. */
  files: countSchema,
  /** `open`: the rollback began and did not end. `done`. `undone`. */
  state: z.enum(["open", "done", "undone"]),
});
export type Recovery = z.infer<typeof recoverySchema>;

export const repositoryViewSchema = z.object({
  /** `none`: not a repository. `unborn`: no commit yet. `broken`: git itself fails. */
  state: z.enum(["ready", "unborn", "none", "broken"]),
  /** Why it is not `ready`, or what stands in the way of working with it; empty otherwise. */
  problem: z.string(),
  branch: z.string().nullable(),
  head: commitSchema.nullable(),
  /** At most 500 are listed. */
  changes: z.array(treeEntrySchema),
  changeCount: countSchema,
  /** Names what `changes` was made from; settling the tree carries it back. */
  treeDigest: z.string(),
  remote: z.string().nullable(),
  lastCheckpoint: z
    .object({
      path: z.string(),
      hash: z.string(),
      /** Whether the hash names a commit of this repository. */
      resolves: z.boolean(),
      modifiedUnixMs: unixMillisecondsSchema,
    })
    .nullable(),
  /** Newest first; at most 200. */
  checkpoints: z.array(checkpointSchema),
  recoveries: z.array(recoverySchema),
  /** The recovery of a rollback that was cut off; the tree may be half of each. */
  interrupted: z.string().nullable(),
  readUnixMs: unixMillisecondsSchema,
});
export type RepositoryView = z.infer<typeof repositoryViewSchema>;
