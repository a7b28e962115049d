import { defaultCycleLimits, type CycleLimits } from "#domain/cycle/play-cycle";
import type { CycleRunner } from "../../runner/run-cycle";
import type { RunnerSettings } from "../../runner/surface-cycle";
import { systemClock } from "../../system/clock";
import type { ContractSurface } from "../contract-surfaces";
import { exitCodes } from "../exit-codes";
import type { ParsedFlags } from "../flags/parse";
import type { ReferenceCommand } from "./command";
import { fixturePath } from "./default-fixture";
import { untilInterrupted } from "./until-interrupted";

/** `--<p>-contract-runner`: runs one cycle of a fixture and prints its two lines (spec/tau/surfaces.md §§2, 3, 5). */
export function runContract(surface: ContractSurface): ReferenceCommand {
  return (flags, { terminal }) =>
    untilInterrupted(terminal, async (signal) => {
      const runner = await loadRunner(surface, flags);
      const { stdoutLines } = await runner.run(
        {
          fixturePath: fixturePath(`${surface}-fixture`, flags, terminal),
          stateDir: flags.text(`${surface}-state-dir`),
          limits: limitsOf(surface, flags),
        },
        { clock: systemClock, warn: terminal.error, signal },
      );
      for (const line of stdoutLines) terminal.out(line);
      return exitCodes.success;
    });
}

/** The gateway's limits are fixed (spec/tau/surfaces.md §3). */
function limitsOf(surface: ContractSurface, flags: ParsedFlags): CycleLimits {
  if (surface === "gateway") return defaultCycleLimits;
  return {
    queueLimit: flags.number(`${surface}-queue-limit`),
    processedCaseCap: flags.number(`${surface}-processed-case-cap`),
    retryMaxAttempts: flags.number(`${surface}-retry-max-attempts`),
    retryBaseDelayMs: flags.number(`${surface}-retry-base-delay-ms`),
  };
}

async function loadRunner(surface: ContractSurface, flags: ParsedFlags): Promise<CycleRunner> {
  if (surface === "deployment") return (await import("../../runner/deployment")).deploymentRunner();
  if (surface === "gateway")
    return (await import("../../runner/gateway")).gatewayRunner({
      failureStreak: flags.number("gateway-guardrail-failure-streak-threshold"),
      retryableFailures: flags.number("gateway-guardrail-retryable-failures-threshold"),
    });
  const { runnerFor } = await import("../../runner/surface-cycle");
  return runnerFor(await settingsOf(surface, flags));
}

async function settingsOf(
  surface: Exclude<ContractSurface, "deployment" | "gateway">,
  flags: ParsedFlags,
): Promise<RunnerSettings> {
  switch (surface) {
    case "browser-automation":
      return {
        surface,
        policy: {
          actionTimeoutMs: flags.number("browser-automation-action-timeout-ms"),
          maxActionsPerCase: flags.number("browser-automation-max-actions-per-case"),
          allowUnsafeActions: flags.boolean("browser-automation-allow-unsafe-actions"),
        },
      };
    case "custom-command":
      return customCommandSettings(flags);
    default:
      return { surface };
  }
}

async function customCommandSettings(flags: ParsedFlags): Promise<RunnerSettings> {
  const { defaultExecutionPolicy } = await import("#domain/surfaces/custom-command/policy");
  const { defaultRunTimeoutMs } = await import("../../runner/surface-cycle");
  const deniedEnvironment = flags.list("custom-command-policy-denied-env");
  return {
    surface: "custom-command",
    policy: {
      ...defaultExecutionPolicy,
      require_approval: flags.boolean("custom-command-policy-require-approval"),
      allow_shell: flags.boolean("custom-command-policy-allow-shell"),
      sandbox_profile: flags.text("custom-command-policy-sandbox-profile"),
      allowed_env: flags.list("custom-command-policy-allowed-env"),
      denied_env: deniedEnvironment.length > 0 ? deniedEnvironment : defaultExecutionPolicy.denied_env,
    },
    runTimeoutMs: defaultRunTimeoutMs,
  };
}
