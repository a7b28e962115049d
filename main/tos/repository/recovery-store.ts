import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { recoveryRecordSchema, type RecoveryRecord } from "#domain/tos/repository/recovery-record";
import { compareBytes } from "#domain/text";
import { isSameProcessAlive } from "../../system/process-identity";
import { writeDurable } from "../../system/write-durable";
import { refusal } from "./git-failure";
import { claimOwnFolder } from "../runs/own-folder";

const folderOf = (root: string): string => join(root, ".gatehouse", "tos", "recoveries");

/** Writes a record, durably and in one step. Rejects with the system's error. */
export async function writeRecovery(root: string, record: RecoveryRecord): Promise<void> {
  await claimOwnFolder(root);
  await writeDurable(
    join(folderOf(root), `${record.recoveryId}.json`),
    `${JSON.stringify(record, null, 1)}\n`,
    0o600,
  );
}

/** Records of a project, newest first, and the files that are none. */
export async function listRecoveries(
  root: string,
): Promise<{ readonly records: RecoveryRecord[]; readonly problems: string[] }> {
  const names = await readdir(folderOf(root)).catch(() => []);
  const records: RecoveryRecord[] = [];
  const problems: string[] = [];
  for (const name of names.filter((each) => each.endsWith(".json") && !each.startsWith("."))) {
    const path = join(folderOf(root), name);
    const record = parseRecord(await readFile(path, "utf8").catch(() => ""));
    if (record === null) problems.push(`${path} is not the record of a recovery.`);
    else records.push(record);
  }
  records.sort(
    (left, right) => right.unixMs - left.unixMs || compareBytes(right.recoveryId, left.recoveryId),
  );
  return { records, problems };
}

/** One record. Rejects with a `GitFailure` when there is none. */
export async function readRecovery(root: string, recoveryId: string): Promise<RecoveryRecord> {
  const { records } = await listRecoveries(root);
  const record = records.find((each) => each.recoveryId === recoveryId);
  if (record) return record;
  throw refusal(`recovery ${recoveryId}`, `There is no recovery ${recoveryId} in ${folderOf(root)}.`);
}

/** The newest operation that began and did not end, and whose process is gone. */
export function interruptedAmong(records: readonly RecoveryRecord[]): RecoveryRecord | null {
  return records.find((record) => record.state === "open" && !isAtWork(record)) ?? null;
}

/** Every operation that began and did not end, and whose process is gone. */
export async function listInterrupted(root: string): Promise<RecoveryRecord[]> {
  const { records } = await listRecoveries(root);
  return records.filter((record) => record.state === "open" && !isAtWork(record));
}

/** Whether the process that carries out an operation still runs. */
export function isAtWork(record: RecoveryRecord): boolean {
  const { pid, startTime } = record.process;
  return record.state === "open" && pid !== process.pid && isSameProcessAlive(pid, startTime);
}

function parseRecord(text: string): RecoveryRecord | null {
  try {
    return recoveryRecordSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
