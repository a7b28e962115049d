import { describeError } from "#domain/contract-error";
import { processTerminal, type CommandContext } from "../cli/terminal";
import { executorUsage } from "./executor/usage";
import { Interruption } from "./interruption";

const usage = {
  "browser-live":
    "Usage: gatehouse browser-live [--repo-root DIR] [--work-root DIR] [--fixture FILE] [--state-dir DIR] [--summary-json-out FILE] [--playwright-cli FILE] [--timeout-seconds N] [--skip-build] [--binary FILE]",
  "browser-live-harness":
    "Usage: gatehouse browser-live-harness --fixture FILE --state-dir DIR --playwright-cli FILE [--summary-json-out FILE] [--artifact-retention-days N|none] [--action-timeout-ms N] [--max-actions-per-case N] [--allow-unsafe-actions]",
  "browser-executor": `Usage: ${executorUsage}`,
} as const;

/**
 * Runs one of the live browser commands and resolves with the process's exit code; 128 + the signal's number when it was
 * asked to stop. Rejects with a `UsageError` (exit 2) or a `ContractError` (exit 1), which the command line prints.
 */
export async function runBrowserLiveCommand(
  command: "browser-live" | "browser-live-harness" | "browser-executor",
  argv: readonly string[],
  context: CommandContext = { terminal: processTerminal(process), environment: process.env },
): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    context.terminal.out(usage[command]);
    return 0;
  }
  try {
    switch (command) {
      case "browser-live":
        return await (await import("./live-run/command")).runLiveCommand(argv, context);
      case "browser-live-harness":
        return await (await import("./harness/command")).runHarnessCommand(argv, context);
      case "browser-executor":
        return await (await import("./executor/command")).runExecutorCommand(argv, context.environment);
    }
  } catch (error) {
    if (!(error instanceof Interruption)) throw error;
    context.terminal.error(`Error: ${describeError(error)}`);
    return error.exitCode;
  }
}
