import { browserAutomationDefinition } from "#domain/surfaces/browser-automation/definition";
import type { BrowserPolicy } from "#domain/surfaces/browser-automation/evaluate";
import { customCommandDefinition } from "#domain/surfaces/custom-command/definition";
import type { ExecutionPolicy } from "#domain/surfaces/custom-command/policy";
import { dashboardDefinition } from "#domain/surfaces/dashboard/definition";
import { memoryDefinition } from "#domain/surfaces/memory/definition";
import { voiceDefinition } from "#domain/surfaces/voice/definition";
import { executeCommand } from "./command-execution";
import { cycleRunner, type CycleRunner } from "./run-cycle";

/** How long the program of a RUN case may take, in milliseconds; the command line cannot change it (spec/tau/surfaces.md §10). */
export const defaultRunTimeoutMs = 30_000;

/** A surface with the settings that are its own (spec/tau/surfaces.md §3). */
export type RunnerSettings =
  | { readonly surface: "voice" | "dashboard" | "memory" }
  | { readonly surface: "browser-automation"; readonly policy: BrowserPolicy }
  | { readonly surface: "custom-command"; readonly policy: ExecutionPolicy; readonly runTimeoutMs: number };

/** The runner of a surface under its settings. */
export function runnerFor(settings: RunnerSettings): CycleRunner {
  switch (settings.surface) {
    case "voice":
      return cycleRunner(() => voiceDefinition);
    case "dashboard":
      return cycleRunner(() => dashboardDefinition);
    case "memory":
      return cycleRunner(() => memoryDefinition);
    case "browser-automation":
      return cycleRunner(() => browserAutomationDefinition(settings.policy));
    case "custom-command":
      return cycleRunner((ports) =>
        customCommandDefinition(settings.policy, (request) =>
          executeCommand(request, {
            clock: ports.clock,
            timeoutMs: settings.runTimeoutMs,
            ...(ports.signal === undefined ? {} : { signal: ports.signal }),
          }),
        ),
      );
  }
}
