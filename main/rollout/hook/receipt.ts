import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { createOnce } from "../../system/create-once";
import { isSameProcessAlive } from "../../system/process-identity";
import { writeDurable } from "../../system/write-durable";

/** Characters kept of what a hook printed last. */
export const keptOutput = 2_000;

const processSchema = z.strictObject({ pid: z.number().int().positive(), startTime: z.string().nullable() });
export type ProcessIdentity = z.infer<typeof processSchema>;

const attemptSchema = z.strictObject({
  schemaVersion: z.literal(1),
  effectId: z.string(),
  attempt: z.number().int().positive(),
  /** The process that performs the attempt; null where a console gave the attempt up before one had begun. */
  runner: processSchema.nullable(),
  /** The hook's own process, once it runs. */
  program: processSchema.nullable(),
  startedUnixMs: z.number().int().nonnegative(),
  /** How it ended; null while it is under way. */
  result: z
    .strictObject({
      finishedUnixMs: z.number().int().nonnegative(),
      ok: z.boolean(),
      exitCode: z.number().int().nullable(),
      detail: z.string(),
      output: z.string().max(keptOutput),
    })
    .nullable(),
});
/** One attempt of an effect: what its runner leaves on disk for whichever console asks. */
export type Attempt = z.infer<typeof attemptSchema>;

/** File of one attempt of an effect of a rollout, beside the rollout's journal. */
export function attemptPath(
  workspacePath: string,
  rolloutId: string,
  effectId: string,
  attempt: number,
): string {
  return join(workspacePath, ".gatehouse", "rollouts", rolloutId, "effects", `${effectId}-${attempt}.json`);
}

/** What is known of an attempt; null while nobody has begun it. Rejects with the system's error. */
export async function readAttempt(path: string): Promise<Attempt | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const parsed = attemptSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`${path} is not the record of an attempt: ${parsed.error.message}`);
  return parsed.data;
}

/**
 * Begins an attempt, durably; false when somebody has done so before, and then it must not be performed. Exactly one of
 * all that try succeeds.
 */
export function beginAttempt(path: string, attempt: Attempt): Promise<boolean> {
  return createOnce(path, textOf(attempt));
}

/** Replaces what is known of an attempt, in one step. */
export async function updateAttempt(path: string, attempt: Attempt): Promise<void> {
  await writeDurable(path, textOf(attempt));
}

/** Whether the process that was noted still runs. */
export function isRunning(identity: ProcessIdentity | null): boolean {
  return identity !== null && isSameProcessAlive(identity.pid, identity.startTime);
}

function textOf(attempt: Attempt): string {
  return `${JSON.stringify(attempt)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
