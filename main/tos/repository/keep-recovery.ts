import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { readlink } from "node:fs/promises";
import { datedIdentifierAfter } from "#domain/dated-identifier";
import type { BytePath } from "#domain/tos/repository/byte-path";
import { quotedPath } from "#domain/tos/repository/quoted-path";
import { recoveryRef, type RecoveryRecord } from "#domain/tos/repository/recovery-record";
import { processStartTime } from "../../system/process-identity";
import type { RepositoryContext } from "./context";
import { diskPath, recordedPath } from "./disk-path";
import { refusal } from "./git-failure";
import { lookAt } from "./look";
import type { MovePlan } from "./plan-move";
import type { RepositoryPlace } from "./place";
import { copyIndex, dropIndex } from "./private-index";
import { listRecoveries, writeRecovery } from "./recovery-store";
import { gitText } from "./run-git";
import { announcedGit } from "./tell";

export interface RecoveryWish {
  readonly reason: string;
  /** `done` for a keepsake: nothing is carried out with it. */
  readonly state: "open" | "done";
  readonly overlay: string | null;
  readonly undoes: string | null;
}

const identity = "Gatehouse <gatehouse@localhost>";

/**
 * Keeps everything that a move takes away and no commit holds: a commit whose parent is HEAD and whose tree holds, under
 * their paths and byte for byte, the files that go; the reference `refs/gatehouse/recovery/<id>`; and the record. All of
 * it is on the disk when this resolves. Rejects with a `GitFailure`; then nothing has been moved.
 */
export async function keepRecovery(
  context: RepositoryContext,
  plan: MovePlan,
  wish: RecoveryWish,
): Promise<RecoveryRecord> {
  const { place, effects, move, from, branchRef } = plan;
  const unixMs = context.clock.nowUnixMs();
  const { records } = await listRecoveries(place.root);
  const suffix = randomBytes(2).toString("hex");
  const recoveryId = datedIdentifierAfter(records[0]?.recoveryId ?? null, unixMs, suffix);
  const ref = recoveryRef(recoveryId);
  const indexTree = await keepStaged(place, plan, unixMs);
  const listed = effects.list.filter(({ keep, disk }) => keep && disk);
  const kept = [...listed, ...effects.adopted].map(({ path }) => path);
  const message = `${move.operation} to ${move.toHash}\n\n${wish.reason}\n`;
  await announcedGit(
    context,
    ["-c", "fastimport.unpackLimit=1", "fast-import", "--quiet", "--done", "--date-format=raw"],
    {
      input: importStream(place, {
        ref,
        from: from.hash,
        merge: indexTree?.commit ?? null,
        message,
        seconds: Math.floor(unixMs / 1_000),
        missing: plan.missing,
        kept,
      }),
    },
  );
  const commit = await gitText(place.top, ["rev-parse", "--verify", ref], { environment: place.environment });
  const record: RecoveryRecord = {
    schemaVersion: 1,
    recoveryId,
    operation: move.operation,
    ref,
    commit,
    unixMs,
    operator: context.operator,
    reason: wish.reason,
    branchRef,
    from,
    toHash: move.toHash,
    overlay: wish.overlay,
    undoes: wish.undoes,
    indexTree: indexTree?.tree ?? null,
    removals: effects.list.flatMap(({ path, kind, change, disk }) =>
      disk && change === "removed" && kind !== "run-state"
        ? [{ path: recordedPath(path), signature: disk.signature }]
        : [],
    ),
    directories: plan.directories.map((folder) => ({ ...folder, path: recordedPath(folder.path) })),
    modes: plan.modes.map(({ path, mode }) => ({ path: recordedPath(path), mode })),
    files: kept.length,
    state: wish.state,
    process: { pid: process.pid, startTime: processStartTime(process.pid) },
  };
  await writeRecovery(place.root, record);
  context.report({ kind: "recovery-kept", recoveryId, ref });
  return record;
}

/** What is staged and differs from HEAD, as a commit; null where nothing is, or where a merge has left conflicts. */
async function keepStaged(
  place: RepositoryPlace,
  plan: MovePlan,
  unixMs: number,
): Promise<{ readonly tree: string; readonly commit: string } | null> {
  if (!plan.status.entries.some(({ staged }) => staged)) return null;
  const index = await copyIndex(place, "snapshot", unixMs);
  const options = { environment: place.environment, writing: true };
  try {
    const tree = await gitText(place.top, ["write-tree"], {
      ...options,
      variables: index.variables,
      answers: [128],
    });
    if (tree === "") return null;
    const person = { NAME: "Gatehouse", EMAIL: "gatehouse@localhost" };
    const commit = await gitText(place.top, ["commit-tree", tree, "-p", plan.from.hash, "-m", "staged"], {
      ...options,
      variables: {
        GIT_AUTHOR_NAME: person.NAME,
        GIT_AUTHOR_EMAIL: person.EMAIL,
        GIT_COMMITTER_NAME: person.NAME,
        GIT_COMMITTER_EMAIL: person.EMAIL,
      },
    });
    return { tree, commit };
  } finally {
    await dropIndex(index.path);
  }
}

interface Import {
  readonly ref: string;
  readonly from: string;
  readonly merge: string | null;
  readonly message: string;
  readonly seconds: number;
  readonly missing: readonly BytePath[];
  readonly kept: readonly BytePath[];
}

/** The commit as `git fast-import` reads it, a piece of a file at a time. */
async function* importStream(place: RepositoryPlace, wanted: Import): AsyncGenerator<Uint8Array> {
  const message = Buffer.from(wanted.message);
  const author = `${identity} ${wanted.seconds} +0000`;
  yield Buffer.from(`commit ${wanted.ref}\nauthor ${author}\ncommitter ${author}\ndata ${message.length}\n`);
  yield message;
  yield Buffer.from(`\nfrom ${wanted.from}\n${wanted.merge === null ? "" : `merge ${wanted.merge}\n`}`);
  for (const path of wanted.missing) yield Buffer.from(`D ${quotedPath(path)}\n`);
  for (const path of wanted.kept) yield* fileStream(place, path);
  yield Buffer.from("done\n");
}

async function* fileStream(place: RepositoryPlace, path: BytePath): AsyncGenerator<Uint8Array> {
  const { kind, bytes, mode } = await lookAt(place, path);
  const disk = diskPath(place.top, path);
  const gone = (): Error =>
    refusal("git fast-import", `${recordedPath(path)} was changed while it was kept.`);
  if (kind === "symlink") {
    const target = await readlink(disk, { encoding: "buffer" });
    yield Buffer.from(`M 120000 inline ${quotedPath(path)}\ndata ${target.length}\n`);
    yield target;
  } else if (kind === "file") {
    const gitMode = (mode & 0o100) === 0 ? "100644" : "100755";
    yield Buffer.from(`M ${gitMode} inline ${quotedPath(path)}\ndata ${bytes}\n`);
    let left = bytes;
    for await (const piece of createReadStream(disk)) {
      left -= (piece as Buffer).length;
      if (left < 0) throw gone();
      yield piece as Buffer;
    }
    if (left !== 0) throw gone();
  } else throw gone();
  yield Buffer.from("\n");
}
