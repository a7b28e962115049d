import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, isAbsolute, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { execa } from "execa";
import { ContractError } from "#domain/contract-error";
import { listProcesses, type ProcessEntry } from "./process-table";
import type { BrowserSession } from "./session-file";

const profilePrefix = "gatehouse-browser-";
const pollMs = 25;

/** A new, empty profile folder that no other browser uses. */
export async function createProfile(): Promise<string> {
  return mkdtemp(join(tmpdir(), profilePrefix));
}

/**
 * Starts a headless browser of its own process group on its own profile, with the debugging protocol on a free loopback
 * port, and leaves it running when this process ends. Resolves with its process id at once.
 */
export function launchBrowser(executable: string, profileDir: string): number {
  const child = execa(executable, browserArguments(profileDir), {
    detached: true,
    cleanup: false,
    stdio: "ignore",
    reject: false,
  });
  child.unref();
  if (child.pid === undefined) throw new ContractError(`failed to start the browser ${executable}`);
  return child.pid;
}

function browserArguments(profileDir: string): readonly string[] {
  const runsAsRoot = process.getuid?.() === 0;
  return [
    "--headless=new",
    `--user-data-dir=${profileDir}`,
    "--remote-debugging-port=0",
    "--remote-debugging-address=127.0.0.1",
    "--window-size=1280,800",
    "--hide-scrollbars",
    "--mute-audio",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-gpu",
    "--disable-quic",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--password-store=basic",
    "--use-mock-keychain",
    // Containers often have a /dev/shm too small for a page.
    "--disable-dev-shm-usage",
    // Chromium's sandbox refuses to start for root, and only there may it be left out.
    ...(runsAsRoot ? ["--no-sandbox"] : []),
    "about:blank",
  ];
}

/**
 * Waits until the browser has opened its debugging port and returns it. Rejects when the browser ends first or the
 * deadline (milliseconds from now) passes.
 */
export async function awaitDebuggingPort(
  pid: number,
  profileDir: string,
  deadlineMs: number,
): Promise<number> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const port = await readDebuggingPort(profileDir);
    if (port !== null && (await answersDebugging(port))) return port;
    if (!isAlive(pid)) throw new ContractError("the browser ended before it could be used");
    if (performance.now() > end)
      throw new ContractError(`the browser did not open its debugging port within ${deadlineMs} ms`);
    await delay(pollMs);
  }
}

async function readDebuggingPort(profileDir: string): Promise<number | null> {
  const text = await readFile(join(profileDir, "DevToolsActivePort"), "utf8").catch(() => "");
  const port = Number(/^(\d+)\n/.exec(text)?.[1]);
  return Number.isInteger(port) && port > 0 ? port : null;
}

/** True when a browser answers the debugging protocol on this loopback port. */
export async function answersDebugging(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/json/version`, {
      signal: AbortSignal.timeout(2_000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Refused, reset or silent: in each case there is nobody to talk to.
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * The processes of a session, and no others: those with an option that names its profile folder, which Chromium gives
 * to every process it starts. A process id that has since been given to somebody else does not match.
 */
export async function sessionProcesses(session: BrowserSession): Promise<readonly ProcessEntry[]> {
  const option = `=${session.profile_dir}`;
  return (await listProcesses()).filter(({ commandLine }) =>
    commandLine
      .split(" ")
      .some((word) => word.startsWith("--") && (word.endsWith(option) || word.includes(`${option}/`))),
  );
}

/**
 * Ends every process of the session, first kindly and after `graceMs` for good, then removes its profile folder.
 * Returns how many processes were running. Rejects when one cannot be ended.
 */
export async function endBrowser(session: BrowserSession, graceMs: number): Promise<number> {
  assertOwnProfile(session.profile_dir);
  const found = await sessionProcesses(session);
  for (const { pid } of found) signal(pid, "SIGTERM");
  let remaining = await untilEnded(session, graceMs);
  for (const { pid } of remaining) signal(pid, "SIGKILL");
  remaining = await untilEnded(session, 10_000);
  if (remaining.length > 0)
    throw new ContractError(
      `browser processes ${remaining.map((entry) => entry.pid).join(", ")} could not be ended`,
    );
  await rm(session.profile_dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  return found.length;
}

/** A session file is input: it must never make us delete a folder that we did not make. */
function assertOwnProfile(profileDir: string): void {
  if (!isAbsolute(profileDir) || !/^gatehouse-browser-[A-Za-z0-9]{6}$/.test(basename(profileDir)))
    throw new ContractError(
      `profile_dir: expected an absolute path of a folder ${profilePrefix}XXXXXX, found '${profileDir}'`,
    );
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Waits until no process of the session is left, at most `deadlineMs`; returns those that are. */
async function untilEnded(session: BrowserSession, deadlineMs: number): Promise<readonly ProcessEntry[]> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const remaining = await sessionProcesses(session);
    if (remaining.length === 0 || performance.now() > end) return remaining;
    await delay(pollMs);
  }
}
