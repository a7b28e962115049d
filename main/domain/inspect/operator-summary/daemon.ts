import { z } from "zod";
import { countSchema } from "#contract/identity";
import type { DaemonRow } from "./report";

/** `.tau/daemon/state.json` as the daemon's own commands write it (spec/tau/health.md §5). */
export const daemonStateSchema = z.object({
  schema_version: z.literal(1),
  installed: z.boolean().default(false),
  running: z.boolean().default(false),
  profile: z.string().default(""),
  service_label: z.string().default("io.tau.coding-agent"),
  service_file_path: z.string().default(""),
  pid: countSchema.nullish(),
  last_install_unix_ms: countSchema.nullish(),
  last_start_unix_ms: countSchema.nullish(),
  last_stop_unix_ms: countSchema.nullish(),
  last_stop_reason: z.string().nullish(),
  start_attempts: countSchema.default(0),
  stop_attempts: countSchema.default(0),
});
export type DaemonState = z.infer<typeof daemonStateSchema>;

/** What the machine says about the daemon, next to its state file. */
export interface DaemonSurroundings {
  readonly platform: string;
  readonly serviceFileExists: boolean;
  readonly pidFileExists: boolean;
  readonly stateDirectoryWritable: boolean;
  readonly executableExists: boolean;
}

const profileByPlatform: Readonly<Record<string, string>> = { linux: "systemd-user", darwin: "launchd" };

/**
 * Row of the daemon; `state` is undefined when there is no state file. Running needs the state to say so and the pid
 * file to exist. A workspace without the daemon can never pass (spec/tau/health.md §5).
 */
export function assessDaemon(
  state: DaemonState | undefined,
  surroundings: DaemonSurroundings,
  statePath: string,
): DaemonRow {
  const profile = resolveProfile(state?.profile ?? "", surroundings.platform);
  const installed = state?.installed ?? false;
  const running = (state?.running ?? false) && surroundings.pidFileExists;
  const shared = {
    profile,
    installed,
    running,
    start_attempts: state?.start_attempts ?? 0,
    stop_attempts: state?.stop_attempts ?? 0,
    diagnostics: daemonDiagnostics(state, profile, surroundings).length,
    state_path: statePath,
  };
  if (running)
    return {
      health_state: "healthy",
      rollout_gate: "pass",
      reason_code: "daemon_running",
      recommendation: "no immediate action required",
      ...shared,
    };
  return {
    health_state: "degraded",
    rollout_gate: "hold",
    reason_code: installed ? "daemon_not_running" : "daemon_not_installed",
    recommendation: installed ? "start the installed daemon" : "install and start the daemon",
    ...shared,
  };
}

/** Row of a daemon whose state cannot be inspected. */
export function unavailableDaemon(platform: string, statePath: string): DaemonRow {
  return {
    health_state: "failing",
    rollout_gate: "hold",
    reason_code: "daemon_status_unavailable",
    recommendation: "repair the daemon's state directory and its state file",
    profile: resolveProfile("", platform),
    installed: false,
    running: false,
    start_attempts: 0,
    stop_attempts: 0,
    diagnostics: 0,
    state_path: statePath,
  };
}

/** What is wrong with an installation, in the reference's words (spec/tau/health.md §5). */
export function daemonDiagnostics(
  state: DaemonState | undefined,
  profile: string,
  surroundings: DaemonSurroundings,
): string[] {
  const diagnostics: string[] = [];
  if (profileByPlatform[surroundings.platform] !== profile) diagnostics.push("profile_not_supported_on_host");
  if (state?.installed === true && !surroundings.serviceFileExists) diagnostics.push("service_file_missing");
  if (state?.running === true && !surroundings.pidFileExists)
    diagnostics.push("pid_file_missing_for_running_state");
  if (!surroundings.stateDirectoryWritable) diagnostics.push("state_dir_not_writable");
  if (!surroundings.executableExists) diagnostics.push("executable_missing");
  return diagnostics;
}

function resolveProfile(stored: string, platform: string): string {
  const profile = stored.trim();
  return profile === "" || profile === "auto" ? (profileByPlatform[platform] ?? "unsupported") : profile;
}
