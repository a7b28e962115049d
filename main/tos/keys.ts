import { execa } from "execa";
import { keyNames } from "./models/api-models";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a key was found. */
export interface FoundKey {
  readonly source: "environment" | "keyring" | "missing";
  /** Never to be written, shown or sent to a window; empty when missing. */
  readonly value: string;
}

/** Name under which the keys stand in the system's keyring. */
const service = "gatehouse";

/** A keyring that asks the operator to unlock it does not hold a run for longer, in milliseconds. */
const keyringLimitMs = 5_000;

/**
 * Finds an API key: first in the environment (as it is, untrimmed; an empty one counts as missing, spec/tos/orchestrator.md
 * §5), then in the keyring of the system. A keyring that is not there, locked or slower than `limitMs` is a key that is
 * missing. Never rejects.
 */
export async function findKey(
  name: string,
  environment: Environment,
  limitMs = keyringLimitMs,
): Promise<FoundKey> {
  const value = environment[name];
  if (value !== undefined && value !== "") return { source: "environment", value };
  const kept = await askKeyring(name, environment, limitMs);
  return kept === "" ? { source: "missing", value: "" } : { source: "keyring", value: kept };
}

/** An environment for other programs: all of ours but the keys, and but the switch that turns Electron into plain Node. */
export function environmentWithoutKeys(environment: Environment): Record<string, string> {
  const hidden = new Set<string>([...keyNames, "ELECTRON_RUN_AS_NODE"]);
  return Object.fromEntries(
    Object.entries(environment).filter(
      // Windows takes names of any case for the same variable.
      (entry): entry is [string, string] => entry[1] !== undefined && !hidden.has(entry[0].toUpperCase()),
    ),
  );
}

async function askKeyring(name: string, environment: Environment, limitMs: number): Promise<string> {
  // The name becomes part of a script on Windows.
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return "";
  const [program, ...args] = keyringCommand(name);
  try {
    const { stdout, failed } = await execa(program, args, {
      env: environmentWithoutKeys(environment),
      extendEnv: false,
      stdin: "ignore",
      stderr: "ignore",
      reject: false,
      timeout: limitMs,
      killSignal: "SIGKILL",
      maxBuffer: 65_536,
      windowsHide: true,
    });
    // execa has taken the line break at the end off.
    return failed ? "" : stdout;
  } catch {
    return "";
  }
}

function keyringCommand(name: string): readonly [string, ...string[]] {
  if (process.platform === "darwin")
    return ["security", "find-generic-password", "-s", service, "-a", name, "-w"];
  if (process.platform === "win32") return ["powershell", "-NoProfile", "-Command", vaultScript(name)];
  return ["secret-tool", "lookup", "service", service, "account", name];
}

function vaultScript(name: string): string {
  return [
    "[void][Windows.Security.Credentials.PasswordVault,Windows.Security.Credentials,ContentType=WindowsRuntime]",
    `$c = (New-Object Windows.Security.Credentials.PasswordVault).Retrieve('${service}', '${name}')`,
    "$c.RetrievePassword()",
    "[Console]::Out.Write($c.Password)",
  ].join("; ");
}
