import { z } from "zod";
import { isDatedIdentifier } from "#domain/dated-identifier";
import { commitSchema, type Recovery } from "#contract/tos/repository";

const pathSchema = z.string().min(1);
const modeSchema = z.number().int().nonnegative();

/**
 * What an operation that takes files away writes down before it moves anything: all that carrying it to its end, or
 * taking it back, needs besides git's own objects. Paths are relative to the top of the repository (`printRecordPath`).
 */
export const recoveryRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  recoveryId: z.string().refine(isDatedIdentifier, "expected an identifier like 20261121T045200Z-1f3a"),
  operation: z.enum(["rollback", "undo", "discard"]),
  ref: z.string(),
  /** Commit the reference names: its parent is where HEAD stood, its tree holds what would be lost. */
  commit: z.string(),
  unixMs: z.number().int().nonnegative(),
  operator: z.string(),
  reason: z.string(),
  /** Full name of the branch's reference; null when HEAD was detached. */
  branchRef: z.string().nullable(),
  from: commitSchema,
  toHash: z.string(),
  /** Commit whose files beyond `toHash` are put back afterwards (an undo); null for none. */
  overlay: z.string().nullable(),
  /** Recovery that an undo takes back. */
  undoes: z.string().nullable(),
  /** What was staged, where that was not what HEAD holds. */
  indexTree: z.string().nullable(),
  /** Files beside the commits that go, and how they looked: only such a one is removed. */
  removals: z.array(z.strictObject({ path: pathSchema, signature: z.string() })),
  /** Folders that go or may go, outermost first, and their permissions. */
  directories: z.array(z.strictObject({ path: pathSchema, mode: modeSchema, goes: z.boolean() })),
  /** Permissions git does not keep. */
  modes: z.array(z.strictObject({ path: pathSchema, mode: modeSchema })),
  /** Files kept beside the commits. */
  files: z.number().int().nonnegative(),
  state: z.enum(["open", "done", "undone"]),
  process: z.strictObject({ pid: z.number().int().positive(), startTime: z.string().nullable() }),
});
export type RecoveryRecord = z.infer<typeof recoveryRecordSchema>;

/** A record as a window shows it. */
export function recoveryOf(record: RecoveryRecord): Recovery {
  const { recoveryId, ref, unixMs, operator, reason, from, toHash, branchRef, files, state } = record;
  const branch = branchRef?.replace(/^refs\/heads\//, "") ?? null;
  return { recoveryId, ref, unixMs, operator, reason, from, toHash, branch, files, state };
}

/** The reference of a recovery. Below `refs/gatehouse/` nothing is pushed, pruned or shown as a branch. */
export function recoveryRef(recoveryId: string): string {
  return `refs/gatehouse/recovery/${recoveryId}`;
}
