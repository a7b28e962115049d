import { type LauncherArguments, parseLauncherArguments } from "#domain/tos/launcher/arguments";
import { ParameterError } from "#domain/tos/launcher/parameters";
import { usageLines } from "#domain/tos/launcher/usage";
import { launch } from "../../../tos/launcher/launch";
import type { CommandContext } from "../../terminal";
import { operationHost } from "./operation-host";

/**
 * `gatehouse tos`: the launcher of the task orchestrator, whose lines and exit codes are those of `cc_run.ps1`
 * (spec/tos/launcher.md). A command line without a mode shows its usage and exits with 1.
 */
export async function runTos(argv: readonly string[], context: CommandContext): Promise<number> {
  let asked: LauncherArguments | null;
  try {
    asked = parseLauncherArguments(argv);
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    context.terminal.error(`error: ${error.message}`);
    return 1;
  }
  if (asked === null) {
    for (const line of usageLines) context.terminal.out(line);
    return 1;
  }
  return launch(asked, operationHost(context));
}
