import type { ProgramPlan } from "./process";

/** A run made ready to start. */
export interface PreparedRun {
  plan: ProgramPlan;
  /** As it can be pasted into a shell. */
  commandLine: string;
  /** Fixture as the settings name it; null for a configured program. */
  fixture: string | null;
}
