import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { StepLogReading } from "#domain/tos/governance/project-reading";
import { asJson } from "#domain/tos/view/json-file";
import { readStepLog } from "#domain/tos/view/step-log";
import { describeFileError, isAbsent } from "../../watch/file-problem";
import { keysIn, keysInFile, type SoughtKey } from "./key-search";
import type { ProjectMemory, RememberedLog } from "./project-memory";
import { readTextFile, shownPath } from "./read-file";

/** Of more step logs the highest ones are read: a run that made so many is told by its end. */
const maximumLogs = 2_000;

export interface StepsReading {
  readonly steps: readonly StepLogReading[];
  readonly problem: string;
  readonly leaks: readonly { readonly path: string; readonly key: string }[];
  readonly unsearched: readonly string[];
}

/** Reads the step logs of `<logs_dir>/steps` in order of their names. Never rejects. */
export async function readSteps(
  root: string,
  logsDir: string,
  keys: readonly SoughtKey[],
  memory: ProjectMemory,
): Promise<StepsReading> {
  const folder = join(logsDir, "steps");
  const shown = shownPath(root, resolve(root, logsDir, "steps"));
  let names: string[];
  try {
    const entries = await readdir(resolve(root, logsDir, "steps"));
    names = entries.filter((name) => /^step_.*\.json$/s.test(name)).toSorted();
  } catch (error) {
    const problem = isAbsent(error) ? "" : `${shown}: ${describeFileError(error)}`;
    return { steps: [], problem, leaks: [], unsearched: [] };
  }
  const read = new Map<string, RememberedLog>();
  for (const name of names.slice(-maximumLogs)) {
    const path = resolve(root, folder, name);
    read.set(path, await readLog(root, path, name, keys, memory));
  }
  memory.keepLogs(read);
  const logs = [...read.values()];
  const left = names.length - logs.length;
  return {
    steps: logs.map(({ log }) => log),
    problem: left > 0 ? `${shown}: the first ${left} of ${names.length} step logs are not shown` : "",
    leaks: [...read].flatMap(([path, { leaks }]) =>
      leaks.map((key) => ({ path: shownPath(root, path), key })),
    ),
    unsearched: [...read].flatMap(([path, { complete }]) => (complete ? [] : [shownPath(root, path)])),
  };
}

async function readLog(
  root: string,
  path: string,
  name: string,
  keys: readonly SoughtKey[],
  memory: ProjectMemory,
): Promise<RememberedLog> {
  const stamp = await stampOf(path);
  const known = memory.log(path, stamp);
  if (known !== null) return known;
  const { file, bytes } = await readTextFile(root, path, "kept");
  const log = readStepLog(asJson(file), name);
  if (bytes !== null) return { stamp, log, leaks: keysIn(bytes, keys), complete: true };
  if (file.bytes === 0) return { stamp, log, leaks: [], complete: true };
  const { found, complete } = await keysInFile(root, path, keys);
  return { stamp, log, leaks: found, complete };
}

async function stampOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch (error) {
    return describeFileError(error);
  }
}
