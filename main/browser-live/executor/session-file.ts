import { readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import { describeIssues } from "#contract/envelope";
import { ContractError } from "#domain/contract-error";
import { writeDurable } from "../../system/write-durable";

/**
 * What is remembered of a browser between two calls of the executor. Written before the browser is started (with `pid`
 * null), so that a crash at any point leaves enough to find and end it.
 */
const browserSessionSchema = z.object({
  schema_version: z.literal(1),
  /** Own profile folder of this browser; it stands in the browser's command line and so proves whose process it is. */
  profile_dir: z.string().min(1),
  pid: z.number().int().positive().nullable(),
  /** Port of the debugging protocol on loopback; null until the browser has opened it. */
  port: z.number().int().min(1).max(65_535).nullable(),
  /** Snapshots taken so far; numbers the next one. */
  snapshots: z.number().int().nonnegative(),
});
export type BrowserSession = z.infer<typeof browserSessionSchema>;

/** Name of the environment variable that says where the session is remembered. */
export const sessionFileVariable = "GATEHOUSE_BROWSER_SESSION_FILE";

/** Path of the session file: the environment variable, else one in the current folder's `.tau`. */
export function sessionFilePath(environment: Readonly<Record<string, string | undefined>>): string {
  const named = environment[sessionFileVariable];
  return resolve(named === undefined || named === "" ? ".tau/browser-executor-session.json" : named);
}

/** Reads the session file; null when there is none. Throws a `ContractError` that names the file and the field. */
export async function readSession(path: string): Promise<BrowserSession | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new ContractError(`failed to read browser session file ${path}`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ContractError(`browser session file ${path} is not JSON`, { cause: error });
  }
  const parsed = browserSessionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ContractError(
    `browser session file ${path} is invalid: ${describeIssues(parsed.error).join("; ")}`,
  );
}

/** Replaces the session file in one step. */
export async function writeSession(path: string, session: BrowserSession): Promise<void> {
  await writeDurable(path, JSON.stringify(session), 0o600);
}

export async function removeSession(path: string): Promise<void> {
  await rm(path, { force: true });
}
