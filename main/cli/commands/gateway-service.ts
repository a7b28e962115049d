import { classifyHealth } from "#domain/health";
import { serviceReport } from "#domain/inspect/status/gateway";
import { statusLine } from "#domain/inspect/status/text-form";
import { printPretty } from "#domain/json";
import { fileIn } from "../../inspect/paths";
import {
  type GatewayReading,
  readGatewayService,
  startGatewayService,
  stopGatewayService,
} from "../../runner/gateway-service";
import { systemClock } from "../../system/clock";
import { exitCodes } from "../exit-codes";
import type { ParsedFlags } from "../flags/parse";
import type { CommandContext } from "../terminal";
import type { ReferenceCommand } from "./command";

/** `--gateway-service-start` (spec/tau/surfaces.md §13). */
export const startGateway: ReferenceCommand = async (flags, context) => {
  const reading = await startGatewayService(flags.text("gateway-state-dir"), portsOf(context));
  context.terminal.out(statusLine("gateway service start", reportOf(flags, reading)));
  return exitCodes.success;
};

/** `--gateway-service-stop [--gateway-service-stop-reason R]` (spec/tau/surfaces.md §13). */
export const stopGateway: ReferenceCommand = async (flags, context) => {
  const reason = flags.optionalText("gateway-service-stop-reason");
  const reading = await stopGatewayService(flags.text("gateway-state-dir"), reason, portsOf(context));
  context.terminal.out(statusLine("gateway service stop", reportOf(flags, reading)));
  return exitCodes.success;
};

/** `--gateway-service-status [--gateway-service-status-json]` (spec/tau/health.md §4). */
export const showGateway: ReferenceCommand = async (flags, context) => {
  const reading = readGatewayService(flags.text("gateway-state-dir"), portsOf(context));
  const report = reportOf(flags, reading);
  const json = flags.boolean("gateway-service-status-json");
  context.terminal.out(json ? printPretty(report) : statusLine("gateway service status", report));
  return exitCodes.success;
};

function portsOf(context: CommandContext) {
  return { clock: systemClock, warn: context.terminal.error };
}

function reportOf(flags: ParsedFlags, { state, health }: GatewayReading) {
  const statePath = fileIn(flags.text("gateway-state-dir"), "state.json");
  return serviceReport(statePath, state.guardrail, state.service, health, classifyHealth(health));
}
