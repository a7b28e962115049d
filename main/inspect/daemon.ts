import { access, constants, mkdir, rm, writeFile } from "node:fs/promises";
import { describeIssues } from "#contract/envelope";
import { withContext } from "#domain/contract-error";
import {
  assessDaemon,
  type DaemonState,
  daemonStateSchema,
  unavailableDaemon,
} from "#domain/inspect/operator-summary/daemon";
import type { DaemonRow } from "#domain/inspect/operator-summary/report";
import { plainJson } from "#domain/inspect/plain-json";
import { parseJson } from "#domain/json-parse";
import { fileIn } from "./paths";
import { readTextFileIfPresent } from "./text-file";

/**
 * Row of the daemon from its state directory, which is created if need be to see whether it can be written
 * (spec/tau/health.md §5). `host` says which machine this is.
 */
export async function readDaemon(
  directory: string,
  host: { readonly platform: string; readonly execPath: string; readonly pid: number },
): Promise<DaemonRow> {
  const statePath = fileIn(directory, "state.json");
  try {
    const stateDirectoryWritable = await probeDirectory(directory, host.pid);
    const state = await readDaemonState(statePath);
    return assessDaemon(
      state,
      {
        platform: host.platform,
        serviceFileExists: await exists(state?.service_file_path ?? ""),
        pidFileExists: await exists(fileIn(directory, "daemon.pid")),
        stateDirectoryWritable,
        executableExists: await exists(host.execPath),
      },
      statePath,
    );
  } catch {
    return unavailableDaemon(host.platform, statePath);
  }
}

async function readDaemonState(path: string): Promise<DaemonState | undefined> {
  const text = await readTextFileIfPresent("daemon state file", path);
  if (text === null) return undefined;
  return withContext(`failed to parse daemon state file ${path}`, () => {
    const parsed = daemonStateSchema.safeParse(plainJson(parseJson(text)));
    if (!parsed.success) throw new Error(describeIssues(parsed.error).join("; "));
    return parsed.data;
  });
}

async function probeDirectory(directory: string, processId: number): Promise<boolean> {
  const probe = fileIn(directory, `.write-probe-${processId}`);
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(probe, "");
    await rm(probe);
    return true;
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  if (path === "") return false;
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}
