import { statusSurfaces } from "../inspect/surface-names";
import type { ReferenceCommand } from "./commands/command";
import { contractSurfaces } from "./contract-surfaces";
import { operatorFlags } from "./flags/operator-flags";
import { parseCommandLine } from "./flags/parse";
import { surfaceFlags } from "./flags/surface-flags";
import type { CommandContext } from "./terminal";

/** Every flag of the reference, in the order help shows them. */
export const referenceFlags = [...Object.values(surfaceFlags), ...Object.values(operatorFlags)].flat();

/** Loads the command a flag stands for; only what is asked for is loaded. */
const commands: Readonly<Record<string, () => Promise<ReferenceCommand>>> = {
  "transport-health-inspect": async () =>
    (await import("./commands/transport-health")).inspectTransportHealth,
  "operator-control-summary": async () =>
    (await import("./commands/operator-summary")).summarizeOperatorControl,
  "gateway-remote-profile-inspect": async () =>
    (await import("./commands/remote-profile")).inspectRemoteProfile,
  "channel-store-inspect": async () => (await import("./commands/channel-store")).inspectChannelStore,
  "channel-store-repair": async () => (await import("./commands/channel-store")).repairChannelStore,
  "browser-automation-preflight": async () =>
    (await import("./commands/browser-preflight")).checkBrowserExecutor,
  "voice-live-runner": async () => (await import("./commands/voice-live")).runVoiceSession,
  "gateway-service-start": async () => (await import("./commands/gateway-service")).startGateway,
  "gateway-service-stop": async () => (await import("./commands/gateway-service")).stopGateway,
  "gateway-service-status": async () => (await import("./commands/gateway-service")).showGateway,
  ...Object.fromEntries(
    contractSurfaces.map((surface) => [
      `${surface}-contract-runner`,
      async () => (await import("./commands/contract-runner")).runContract(surface),
    ]),
  ),
  ...Object.fromEntries(
    statusSurfaces.map((surface) => [
      `${surface}-status-inspect`,
      async () => (await import("./commands/surface-status")).inspectSurfaceStatus(surface),
    ]),
  ),
};

/** Runs the reference's flags, word for word (spec/tau/surfaces.md §3, health.md §§3-5). */
export async function runReferenceCommand(argv: readonly string[], context: CommandContext): Promise<number> {
  const { command, flags } = parseCommandLine(referenceFlags, argv, context.environment);
  const load = commands[command];
  if (load === undefined) throw new Error(`--${command} has no command`);
  const run = await load();
  return run(flags, context);
}
