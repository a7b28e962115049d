import { ContractError } from "#domain/contract-error";
import { awaitDebuggingPort, createProfile, endBrowser, launchBrowser } from "./browser-process";
import { findBrowser } from "./find-browser";
import { readSession, removeSession, writeSession, type BrowserSession } from "./session-file";

type Environment = Readonly<Record<string, string | undefined>>;

const launchDeadlineMs = 30_000;
const endGraceMs = 3_000;

/**
 * Starts a browser and remembers it in the session file. What an earlier run left behind, alive or not, is ended and
 * removed first. Rejects with a `ContractError`; then nothing is left running.
 */
export async function startSession(path: string, environment: Environment): Promise<BrowserSession> {
  await endSession(path);
  const executable = await findBrowser(environment);
  const profileDir = await createProfile();
  const launching: BrowserSession = {
    schema_version: 1,
    profile_dir: profileDir,
    pid: null,
    port: null,
    snapshots: 0,
  };
  // On disk before the browser exists: whatever happens from here on, the next start finds it by its profile.
  await writeSession(path, launching);
  try {
    const pid = launchBrowser(executable, profileDir);
    const port = await awaitDebuggingPort(pid, profileDir, launchDeadlineMs);
    const session = { ...launching, pid, port };
    await writeSession(path, session);
    return session;
  } catch (error) {
    await endSession(path);
    throw new ContractError(`failed to start ${executable}`, { cause: error });
  }
}

/**
 * Ends the browser of the session file, exactly its processes, removes its profile and the file. Nothing to end is fine.
 * Resolves with the number of processes that were running; rejects with a `ContractError` when the file cannot be
 * understood or a process cannot be ended.
 */
export async function endSession(path: string): Promise<number> {
  const session = await readSession(path);
  if (session === null) return 0;
  const ended = await endBrowser(session, endGraceMs);
  await removeSession(path);
  return ended;
}
