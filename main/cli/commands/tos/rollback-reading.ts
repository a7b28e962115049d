import { resolve } from "node:path";
import { commitNameSchema } from "#contract/tos/command";
import type { Commit, RollbackPreview } from "#contract/tos/repository";
import { systemClock } from "../../../system/clock";
import { operatorName } from "../../../system/operator";
import type { RepositoryContext } from "../../../tos/repository/context";
import { GitFailure } from "../../../tos/repository/git-failure";
import { previewRollback, previewUndo } from "../../../tos/repository/preview";
import { readRepository } from "../../../tos/repository/read-repository";
import { exitCodes } from "../../exit-codes";
import { UsageError } from "../../failure";
import type { ParsedFlags } from "../../flags/parse";
import type { CommandContext } from "../../terminal";
import { labelled, moment, printable, table } from "../rollout/layout";

/** `tos-rollback preview`: exactly what a rollback, or the undo of one, would do now; nothing is moved. */
export async function showPreview(flags: ParsedFlags, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const target = flags.optionalText("target") ?? null;
  const recovery = flags.optionalText("recovery") ?? null;
  if (target !== null && recovery !== null)
    throw new UsageError("the argument '--target' cannot be used with '--recovery'");
  const named = commitNameSchema.nullable().safeParse(target);
  if (!named.success)
    throw new UsageError(`invalid value for '--target': ${named.error.issues[0]?.message ?? ""}`);
  try {
    const repository = repositoryContext(flags, context);
    const preview =
      recovery === null
        ? await previewRollback(repository, named.data)
        : await previewUndo(repository, recovery);
    terminal.out(
      flags.boolean("json")
        ? JSON.stringify(preview, null, 2)
        : previewLines(preview).map(printable).join("\n"),
    );
    return exitCodes.success;
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    terminal.error(`error: ${error.plain}`);
    return exitCodes.failure;
  }
}

/** `tos-rollback list`: what rollbacks took away, newest first. */
export async function listRecoveries(flags: ParsedFlags, context: CommandContext): Promise<number> {
  const { terminal, environment } = context;
  const root = resolve(flags.text("root"));
  const { state, problem, recoveries, interrupted } = await readRepository(
    root,
    environment,
    systemClock.nowUnixMs(),
  );
  if (state === "none" || state === "broken") {
    terminal.error(`error: ${problem}`);
    return exitCodes.failure;
  }
  if (flags.boolean("json")) terminal.out(JSON.stringify({ recoveries, interrupted }, null, 2));
  else if (recoveries.length === 0) terminal.out("No recoveries.");
  else
    for (const line of table(
      ["RECOVERY", "WHEN", "STATE", "FROM", "TO", "FILES", "OPERATOR", "REASON"],
      recoveries.map(({ recoveryId, unixMs, state: standing, from, toHash, files, operator, reason }) => [
        recoveryId,
        moment(unixMs),
        recoveryId === interrupted ? "cut off" : standing,
        short(from.hash),
        short(toHash),
        String(files),
        operator,
        printable(reason),
      ]),
    ))
      terminal.out(line);
  return exitCodes.success;
}

function repositoryContext(flags: ParsedFlags, { terminal, environment }: CommandContext): RepositoryContext {
  return {
    root: resolve(flags.text("root")),
    environment,
    clock: systemClock,
    operator: operatorName(),
    report: (event) => {
      if (event.kind === "line") terminal.error(event.text);
    },
  };
}

function previewLines(preview: RollbackPreview): string[] {
  const { operation, branch, from, to, targetSource, commits, commitCount, files, fileCount } = preview;
  return [
    ...labelled("Operation", `${operation} of ${branch ?? "a detached HEAD"}`),
    ...labelled("From", commitLine(from)),
    ...labelled("To", `${commitLine(to)} (${targetSource})`),
    ...labelled("Preview", preview.previewId),
    ...preview.obstacles.flatMap((obstacle) => labelled("Refused", obstacle)),
    ...preview.notes.flatMap((text) => labelled("Note", text)),
    ...labelled("Commits", `${commitCount} leave the branch, ${preview.incomingCount} come onto it`),
    ...commits.map((commit) => `  ${commitLine(commit)}`),
    ...labelled("Files", `${fileCount} go, change or come back`),
    ...files.map(({ path, kind, change, bytes, note }) =>
      `  ${change.padEnd(8)}  ${kind.padEnd(9)}  ${path}${bytes === null ? "" : ` (${bytes} bytes)`} ${note}`.trimEnd(),
    ),
    ...(preview.runsTest ? labelled("Afterwards", "the automatic test runs the orchestrator") : []),
  ];
}

function commitLine({ hash, subject }: Commit): string {
  return `${short(hash)} ${subject}`;
}

function short(hash: string): string {
  return hash.slice(0, 12);
}
