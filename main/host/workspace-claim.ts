import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BridgeError } from "#contract/envelope";
import { createOnce } from "../system/create-once";
import { removeIfUnchanged } from "../system/remove-if-unchanged";
import { writeDurable } from "../system/write-durable";
import { describeFileError } from "../watch/file-problem";
import { isSameProcessAlive, processStartTime } from "../system/process-identity";

/** Names the process that has a workspace open, below the workspace. Only its owner may read it: it can hold a secret. */
export const claimFile = ".gatehouse/host.json";

const claimSchema = z.strictObject({
  schemaVersion: z.literal(1),
  pid: z.number().int().positive(),
  /** Tells the process from a later one that was given the same number; null where the system does not say. */
  startTime: z.string().nullable(),
  /** A command line holds a workspace only for as long as its one command takes. */
  kind: z.enum(["window", "server", "command"]),
  /** Where a server answers, and the secret with which programs of the same user may ask. */
  server: z.strictObject({ url: z.string(), bearer: z.string() }).nullable(),
});
export type ClaimRecord = z.infer<typeof claimSchema>;
export type ServerAddress = NonNullable<ClaimRecord["server"]>;

/** A workspace this process may drive until it releases it. */
export interface WorkspaceClaim {
  /** Adds where this process serves it. */
  announceServer(server: ServerAddress): Promise<void>;
  release(): Promise<void>;
}

/** Another process has the workspace open. */
export class WorkspaceClaimedError extends BridgeError {
  readonly holder: ClaimRecord;

  constructor(workspacePath: string, holder: ClaimRecord) {
    super(
      "conflict",
      holder.kind === "command"
        ? `A command line, process ${holder.pid}, is at work in ${workspacePath}. Try again once it has ended.`
        : `The workspace ${workspacePath} is already open in the ${holder.kind} of process ${holder.pid}. ` +
            "Close it first: two consoles would run the same surfaces over the same files.",
    );
    this.holder = holder;
  }
}

/** Who has the workspace open; null when nobody does. A claim of a process that is gone does not count. */
export async function readClaim(workspacePath: string): Promise<ClaimRecord | null> {
  const found = await readClaimFile(join(workspacePath, claimFile));
  return found?.record && isSameProcessAlive(found.record.pid, found.record.startTime) ? found.record : null;
}

/**
 * Claims a workspace for this process. Rejects with `WorkspaceClaimedError` while another process has it. A workspace
 * that cannot be written is not claimed: nothing can be run over its files either.
 */
export async function claimWorkspace(
  workspacePath: string,
  kind: ClaimRecord["kind"],
): Promise<WorkspaceClaim> {
  const path = join(workspacePath, claimFile);
  const record: ClaimRecord = {
    schemaVersion: 1,
    pid: process.pid,
    startTime: processStartTime(process.pid),
    kind,
    server: null,
  };
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const created = await createExclusively(path, textOf(record));
    if (created === "unwritable") return noClaim;
    if (created === "created") return heldClaim(path, record);
    const holder = await readClaim(workspacePath);
    if (holder) throw new WorkspaceClaimedError(workspacePath, holder);
    const stale = await readClaimFile(path);
    if (stale) await removeIfUnchanged(path, stale.text);
  }
  throw new BridgeError("conflict", `${path} keeps changing; another process is opening the same workspace.`);
}

const noClaim: WorkspaceClaim = {
  announceServer: () => Promise.resolve(),
  release: () => Promise.resolve(),
};

function heldClaim(path: string, record: ClaimRecord): WorkspaceClaim {
  let text = textOf(record);
  return {
    async announceServer(server) {
      text = textOf({ ...record, server });
      await writeDurable(path, text, 0o600);
    },
    release: () => removeIfUnchanged(path, text),
  };
}

function textOf(record: ClaimRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

async function readClaimFile(path: string): Promise<{ text: string; record: ClaimRecord | null } | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new BridgeError("unreadable", `${path} cannot be read: ${describeFileError(error)}.`);
  }
  try {
    return { text, record: claimSchema.safeParse(JSON.parse(text)).data ?? null };
  } catch {
    // Half a file cannot be left by `createExclusively`; whatever it is, no process stands behind it.
    return { text, record: null };
  }
}

async function createExclusively(path: string, text: string): Promise<"created" | "taken" | "unwritable"> {
  try {
    return (await createOnce(path, text, 0o600)) ? "created" : "taken";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EROFS" || code === "EACCES" || code === "EPERM") return "unwritable";
    throw new BridgeError("unavailable", `${path} cannot be written: ${describeFileError(error)}.`);
  }
}
