import type { RepositoryView } from "#contract/tos/repository";

/** Message of a checkpoint's commit (spec/tos/launcher.md §6). */
const checkpointSubject = /^CHECKPOINT /;

/** Whether there is a state to go back to, and which (spec/tos/governance.md §2 G05). */
export interface CheckpointStanding {
  /** Why what is there now is not in a checkpoint, one line each; empty when it is. */
  readonly missing: readonly string[];
  /** What a rollback without a target would surprise with; empty when it would not (spec/tos/checks.md row 134). */
  readonly surprise: string;
}

/**
 * Whether `logs/last_checkpoint.txt` is there, its hash resolves, it is HEAD (or HEAD is itself a checkpoint), and nothing
 * was changed since.
 */
export function checkpointStanding(repository: RepositoryView): CheckpointStanding {
  const { head, lastCheckpoint, changeCount } = repository;
  if (repository.state === "none" || repository.state === "broken")
    return { missing: [repository.problem || "expected a git repository, found none"], surprise: "" };
  if (head === null)
    return { missing: ["expected a checkpoint, found a repository without a commit"], surprise: "" };
  const missing: string[] = [];
  const headIsCheckpoint = checkpointSubject.test(head.subject);
  if (lastCheckpoint === null) {
    missing.push("logs/last_checkpoint.txt: expected the hash of the last checkpoint, found no file");
  } else if (!lastCheckpoint.resolves) {
    missing.push(
      `${lastCheckpoint.path}: expected a commit of this repository, found ${shown(lastCheckpoint.hash)}`,
    );
  } else if (lastCheckpoint.hash !== head.hash && !headIsCheckpoint) {
    missing.push(
      `${lastCheckpoint.path}: expected HEAD (${short(head.hash)} "${head.subject}"), found ${short(lastCheckpoint.hash)}: commits since are in no checkpoint`,
    );
  }
  if (changeCount > 0)
    missing.push(
      `expected a clean working tree, found ${changeCount} changed ${changeCount === 1 ? "file that is" : "files that are"} in no checkpoint`,
    );
  const surprise =
    lastCheckpoint !== null &&
    lastCheckpoint.resolves &&
    headIsCheckpoint &&
    lastCheckpoint.hash !== head.hash
      ? `HEAD is a checkpoint ("${head.subject}", ${short(head.hash)}), but ${lastCheckpoint.path} names the older ${short(lastCheckpoint.hash)}: a rollback without a target would go there`
      : "";
  return { missing, surprise };
}

/** A hash as people read it. */
export function short(hash: string): string {
  return /^[0-9a-f]{12,}$/.test(hash) ? hash.slice(0, 12) : hash;
}

function shown(hash: string): string {
  return hash === "" ? "an empty file" : JSON.stringify(hash.slice(0, 60));
}
