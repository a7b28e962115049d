import { mkdir, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { LauncherArguments } from "#domain/tos/launcher/arguments";
import { ScriptError } from "#domain/tos/launcher/outcome";
import { describeFileError, isAbsent } from "../../watch/file-problem";
import { readTosSettings } from "../project/settings-file";
import { checkpointMode, missing } from "./git-modes";
import { headLines } from "./head-lines";
import type { OperationContext, OperationEnd, OperationHost } from "./operation";
import { performOperation } from "./perform-operation";
import { rollbackMode } from "./rollback-mode";
import { passRules } from "./rule-gate";
import { runMode, testMode } from "./run-modes";

/**
 * Carries out one launch, as `cc_run.ps1` does (launcher.md): its lines on standard output, ours on standard error.
 * Returns the exit code; never rejects.
 */
export async function launch(asked: LauncherArguments, host: OperationHost): Promise<number> {
  const { mode, clean, provenance, subject } = {
    ...asked,
    provenance: asked,
    subject: asked.mode === "checkpoint" ? asked.checkpointName : asked.targetCommit,
  };
  const root = resolve(asked.root ?? ".");
  const head = headLines(root, asked.modeText);
  let rootIsNew: boolean;
  try {
    rootIsNew = await prepareRoot(root, mode !== "checkpoint" && mode !== "rollback");
  } catch (error) {
    for (const line of head) host.terminal.out(line);
    host.terminal.error(`error: -Root ${root}: ${describeFileError(error)}`);
    return 1;
  }
  return performOperation({ operation: mode, clean, root, subject, provenance, head }, host, (context) =>
    carryOut(context, asked, rootIsNew),
  );
}

/** Whether the root had to be made, which init does for a run. Rejects with the system's error when it cannot be used. */
async function prepareRoot(root: string, mayBeMade: boolean): Promise<boolean> {
  try {
    if (!(await stat(root)).isDirectory()) throw new Error("it is a file, expected the project's folder");
    return false;
  } catch (error) {
    if (!isAbsent(error) || !mayBeMade) throw error;
    await mkdir(root, { recursive: true });
    return true;
  }
}

async function carryOut(
  context: OperationContext,
  asked: LauncherArguments,
  rootIsNew: boolean,
): Promise<OperationEnd> {
  const { mode, summaryFile } = asked;
  if (mode === "checkpoint" && asked.checkpointName.trim() === "")
    return missing(context, "error: -CheckpointName required for checkpoint mode");
  const refused = await passRules(context, asked.targetCommit === "" ? null : asked.targetCommit);
  if (refused !== null) return refused;
  switch (mode) {
    case "checkpoint":
      return checkpointMode(context, asked.checkpointName, summaryFile);
    case "rollback":
      return rollbackMode(context, asked);
    case "run":
    case "cleanrun":
    case "test": {
      const { settings, problem } = await readTosSettings(context.root);
      if (problem !== "") throw new ScriptError(problem);
      const clean = asked.clean || mode === "cleanrun";
      const launched = { settings, clean, summaryFile, rootIsNew };
      return mode === "test" ? testMode(context, launched) : runMode(context, launched);
    }
  }
}
