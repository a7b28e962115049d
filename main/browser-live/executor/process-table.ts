import { readdir, readFile } from "node:fs/promises";
import { execa } from "execa";

/** A live process: zombies, which nothing can end any more, are not listed. */
export interface ProcessEntry {
  readonly pid: number;
  readonly commandLine: string;
}

/** Every live process of this machine that we may see. */
export async function listProcesses(): Promise<readonly ProcessEntry[]> {
  return process.platform === "linux" ? listFromProc() : listFromPs();
}

/** `/proc` rather than `ps`, which small Debian images do not have. */
async function listFromProc(): Promise<readonly ProcessEntry[]> {
  const names = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(names.map((name) => readProcEntry(Number(name))));
  return entries.filter((entry) => entry !== null);
}

async function readProcEntry(pid: number): Promise<ProcessEntry | null> {
  try {
    const [status, commandLine] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile(`/proc/${pid}/cmdline`, "utf8"),
    ]);
    // The name in parentheses may hold anything; the state follows its last parenthesis.
    const state = status.charAt(status.lastIndexOf(")") + 2);
    if (state === "Z" || state === "X") return null;
    return { pid, commandLine: commandLine.replaceAll("\0", " ") };
  } catch {
    // It ended while we were looking.
    return null;
  }
}

async function listFromPs(): Promise<readonly ProcessEntry[]> {
  const { stdout } = await execa("ps", ["-axo", "pid=,stat=,args="]);
  return stdout.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    if (match === null || match[2]?.startsWith("Z") === true) return [];
    return [{ pid: Number(match[1]), commandLine: match[3] ?? "" }];
  });
}
