import { renderFailure, UsageError } from "./failure";
import type { CommandContext } from "./terminal";

/** Exit codes of every command (spec/tau/surfaces.md §0). */
export const exitCodes = { success: 0, failure: 1, usage: 2 } as const;

/**
 * Runs one command line (without the program's name) and returns the process's exit code. Each command's modules are
 * loaded only when it is asked for, so that an inspection starts fast.
 */
export async function main(argv: readonly string[], context: CommandContext): Promise<number> {
  try {
    return await dispatch(argv, context);
  } catch (failure) {
    if (failure instanceof UsageError) {
      context.terminal.error(`error: ${failure.message}\n\nFor more information, try 'gatehouse --help'.`);
      return exitCodes.usage;
    }
    context.terminal.error(renderFailure(failure));
    return exitCodes.failure;
  }
}

async function dispatch(argv: readonly string[], context: CommandContext): Promise<number> {
  const [first] = argv;
  if (first === undefined) {
    const { helpText } = await import("./help");
    context.terminal.error(helpText());
    return exitCodes.usage;
  }
  if (argv.includes("--help") || first === "-h" || first === "help") {
    const { helpText } = await import("./help");
    context.terminal.out(helpText());
    return exitCodes.success;
  }
  if (first === "--version" || first === "-V") {
    const { programVersion } = await import("./version");
    context.terminal.out(`gatehouse ${programVersion()}`);
    return exitCodes.success;
  }
  const { runReferenceCommand } = await import("./reference");
  return runReferenceCommand(argv, context);
}
