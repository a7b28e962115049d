import { readdirSync, readlinkSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { waitUntil } from "../../../support/wait-until";
import type { RandomTree } from "./random-tree";

/** When a run is killed: so many milliseconds after it says a word; null for not at all. */
export interface KillPoint {
  readonly after: "ready" | "kept";
  readonly delayMs: number;
}

export interface KilledRun {
  /** It had ended before it was to be killed. */
  readonly ended: boolean;
  /** From `ready` to `kept`, and from there to the end; null for what it did not come to. */
  readonly untilKeptMs: number | null;
  readonly untilEndMs: number | null;
  /** From `ready` to the end. */
  readonly wholeMs: number | null;
}

/** Runs an operation in a process group of its own and kills it at a point, with every git it has begun. */
export async function killRun(
  program: string,
  { root, environment }: Pick<RandomTree, "root" | "environment">,
  operation: "rollback" | "undo" | "checkpoint",
  subject: string,
  point: KillPoint | null,
): Promise<KilledRun> {
  const child = execa(process.execPath, [program, operation, root, subject], {
    env: environment,
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    stdin: "ignore",
    stderr: "ignore",
    buffer: false,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error("the program was not started");
  const times = new Map<string, number>();
  let killed = false;
  const over = new AbortController();
  const kill = (): void => {
    killed = true;
    // Each git has a group of its own; a power cut would spare none of them.
    const gits = processesIn(root);
    signal(pid, "SIGKILL");
    for (const git of gits) signal(git, "SIGKILL");
  };
  for await (const line of child) {
    times.set(line, performance.now());
    if (line === point?.after)
      void wait(point.delayMs, undefined, { signal: over.signal }).then(kill, () => undefined);
  }
  await child;
  // A kill that comes too late must not hit whoever has got the number since.
  over.abort();
  // The group's own end is not the end of its members: a git may still be dying.
  await waitUntil("the end of the whole group", () => !signal(pid, 0) && processesIn(root).length === 0);
  const between = (from: string, to: string): number | null => {
    const [start, end] = [times.get(from), times.get(to)];
    return start === undefined || end === undefined ? null : end - start;
  };
  return {
    ended: times.has("done") || !killed,
    untilKeptMs: between("ready", "kept"),
    untilEndMs: between("kept", "done"),
    wholeMs: between("ready", "done"),
  };
}

function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, name);
    return true;
  } catch {
    return false;
  }
}

/** Processes that work in a folder. */
function processesIn(folder: string): number[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return readlinkSync(`/proc/${name}/cwd`) === folder ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}
