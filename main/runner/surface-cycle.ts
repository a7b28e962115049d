import { browserAutomationDefinition } from "#domain/surfaces/browser-automation/definition";
import type { BrowserPolicy } from "#domain/surfaces/browser-automation/evaluate";
import { dashboardDefinition } from "#domain/surfaces/dashboard/definition";
import { memoryDefinition } from "#domain/surfaces/memory/definition";
import { voiceDefinition } from "#domain/surfaces/voice/definition";
import { cycleRunner, type CycleRunner } from "./run-cycle";

/** A surface with the settings that are its own (spec/tau/surfaces.md §3). */
export type RunnerSettings =
  | { readonly surface: "voice" | "dashboard" | "memory" }
  | { readonly surface: "browser-automation"; readonly policy: BrowserPolicy };

/** The runner of a surface under its settings. */
export function runnerFor(settings: RunnerSettings): CycleRunner {
  switch (settings.surface) {
    case "voice":
      return cycleRunner(voiceDefinition);
    case "dashboard":
      return cycleRunner(dashboardDefinition);
    case "memory":
      return cycleRunner(memoryDefinition);
    case "browser-automation":
      return cycleRunner(browserAutomationDefinition(settings.policy));
  }
}
