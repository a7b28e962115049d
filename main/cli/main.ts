import { describeError } from "#domain/contract-error";
import { exitCodes } from "./exit-codes";
import { UsageError } from "./failure";
import type { CommandContext } from "./terminal";

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
    context.terminal.error(`Error: ${describeError(failure)}`);
    return exitCodes.failure;
  }
}

async function dispatch([first, ...rest]: readonly string[], context: CommandContext): Promise<number> {
  switch (first) {
    case "rollout-hook":
      return (await import("../rollout/hook/run-hook")).runHook(rest);
    case "serve":
      return (await import("../server/serve")).runServe(rest);
    case "browser-live":
    case "browser-live-harness":
    case "browser-executor":
      return (await import("../browser-live/cli")).runBrowserLiveCommand(first, rest, context);
    case "status":
      if (rest.includes("--help")) return printHelp(context.terminal.out, exitCodes.success);
      return (await import("./commands/workspace-status")).showWorkspaceStatus(rest, context);
    case "rollout":
      if (rest.includes("--help") || rest[0] === "help")
        return printHelp(context.terminal.out, exitCodes.success);
      return (await import("./commands/rollout/rollout")).runRollout(rest, context);
    case "tos":
      if (rest.includes("--help")) return printHelp(context.terminal.out, exitCodes.success);
      return (await import("./commands/tos/launch")).runTos(rest, context);
    case "tos-rollback":
      if (rest.includes("--help") || rest[0] === "help")
        return printHelp(context.terminal.out, exitCodes.success);
      return (await import("./commands/tos/rollback")).runTosRollback(rest, context);
    case undefined:
      return printHelp(context.terminal.error, exitCodes.usage);
    case "--version":
    case "-V":
      context.terminal.out(`gatehouse ${(await import("./version")).programVersion()}`);
      return exitCodes.success;
    case "help":
    case "-h":
      return printHelp(context.terminal.out, exitCodes.success);
    default:
      break;
  }
  if (first === "--help" || rest.includes("--help"))
    return printHelp(context.terminal.out, exitCodes.success);
  return (await import("./reference")).runReferenceCommand([first, ...rest], context);
}

async function printHelp(print: (text: string) => void, exitCode: number): Promise<number> {
  print((await import("./help")).helpText());
  return exitCode;
}
