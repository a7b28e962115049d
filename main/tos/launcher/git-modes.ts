import { join } from "node:path";
import { checkpointNameSchema } from "#contract/tos/command";
import { lastCheckpointFile } from "#domain/tos/launcher/cleaned-files";
import { gitSummary } from "#domain/tos/launcher/run-summary";
import { usageLines } from "#domain/tos/launcher/usage";
import { formatTimestamp } from "#domain/tos/orchestration/timestamps";
import { createCheckpoint } from "../repository/create-checkpoint";
import { GitFailure } from "../repository/git-failure";
import type { OperationContext, OperationEnd } from "./operation";
import { saveSummary } from "./save-summary";

/** `checkpoint` after the head (launcher.md §6). Rejects with a `ScriptError`. */
export async function checkpointMode(
  context: OperationContext,
  name: string,
  summaryFile: string,
): Promise<OperationEnd> {
  const { root, print, say } = context;
  const parsed = checkpointNameSchema.safeParse(name);
  if (!parsed.success) {
    say(`error: -CheckpointName: ${parsed.error.issues[0]?.message ?? "expected a name"}`);
    return failedCheckpoint(context);
  }
  let hash: string;
  try {
    hash = await createCheckpoint(context, parsed.data);
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    say(`error: ${error.plain}`);
    print("git commit failed");
    return failedCheckpoint(context);
  }
  print(hash);
  print(`last_checkpoint saved ${join(root, lastCheckpointFile)}`);
  print(`checkpoint ${hash}`);
  await summariseGit(context, "checkpoint", hash, summaryFile);
  print("TOS cc_run end");
  return { exitCode: 0, endReason: `checkpoint ${hash}` };
}

function failedCheckpoint({ print }: OperationContext): OperationEnd {
  const endReason = "checkpoint failed with exit code 1";
  print(endReason);
  return { exitCode: 1, endReason };
}

/** A value without which the mode cannot do anything: says so, and how the launcher is used. */
export function missing({ print }: OperationContext, line: string): OperationEnd {
  for (const text of [line, ...usageLines]) print(text);
  return { exitCode: 1, endReason: line };
}

/** Writes the summary of a checkpoint or a rollback when one was asked for. Rejects with a `ScriptError`. */
export async function summariseGit(
  { root, clock, print }: OperationContext,
  mode: "checkpoint" | "rollback",
  commit: string,
  summaryFile: string,
): Promise<void> {
  if (summaryFile === "") return;
  const now = new Date(clock.nowUnixMs());
  const timestamp = formatTimestamp({
    year: now.getFullYear(),
    month: now.getMonth() + 1,
    day: now.getDate(),
    hour: now.getHours(),
    minute: now.getMinutes(),
    second: now.getSeconds(),
    microsecond: 0,
  });
  print(`summary saved ${await saveSummary(root, summaryFile, gitSummary(mode, commit, timestamp, root))}`);
}
