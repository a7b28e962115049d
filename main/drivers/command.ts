import { resolve } from "node:path";
import type { z } from "zod";
import type { commandDriverSchema } from "#contract/settings";
import { quoteCommandLine } from "./command-line";
import { commandEnvironment } from "./environment";
import type { PreparedRun } from "./prepared-run";

export type CommandSettings = z.infer<typeof commandDriverSchema>;

/** What to run for a configured program. No shell is involved: the arguments arrive as they are written. */
export function prepareCommand(settings: CommandSettings, workspacePath: string): PreparedRun {
  const directory = resolve(workspacePath, settings.cwd);
  return {
    plan: {
      program: settings.program,
      args: settings.args,
      directory,
      environment: commandEnvironment(process.env, settings.env),
      timeoutMs: settings.timeoutMs,
    },
    commandLine: quoteCommandLine(settings.program, settings.args, directory),
    fixture: null,
  };
}
