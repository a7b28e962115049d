import { describeError } from "#domain/contract-error";
import { ScriptError } from "#domain/tos/launcher/outcome";
import { readTosSettings } from "../project/settings-file";
import { headLines } from "./head-lines";
import type { OperationContext } from "./operation";
import { warnOfRules } from "./rule-gate";
import { testMode } from "./run-modes";

/**
 * The test that follows a rollback: what `-Mode test -Clean` does, line for line, in this process (launcher.md §7, step 6).
 * It is part of what was confirmed, so rules that would refuse a test are only said. Returns whether it passed; never
 * rejects, because the rollback itself has been carried out.
 */
export async function automaticTest(context: OperationContext, summaryFile: string): Promise<boolean> {
  const { root, print, say } = context;
  for (const line of headLines(root, "test")) print(line);
  try {
    await warnOfRules(context, "test");
    const { settings, problem } = await readTosSettings(root);
    if (problem !== "") throw new ScriptError(problem);
    const { exitCode } = await testMode(context, { settings, clean: true, summaryFile, rootIsNew: false });
    return exitCode === 0;
  } catch (error) {
    say(`error: ${describeError(error)}`);
    return false;
  }
}
