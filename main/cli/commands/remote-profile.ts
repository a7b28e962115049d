import { reportJson } from "#domain/inspect/plain-json";
import {
  evaluateRemoteProfile,
  type GatewayAuthMode,
  type RemoteProfile,
  type RemoteProfileSettings,
} from "#domain/inspect/remote-profile";
import { statusLine } from "#domain/inspect/status/text-form";
import { printPretty } from "#domain/json";
import { isBlank } from "#domain/text";
import { exitCodes } from "../exit-codes";
import type { ParsedFlags } from "../flags/parse";
import type { ReferenceCommand } from "./command";

/** The gateway's remote access settings, as the flags give them. */
export function remoteProfileSettings(flags: ParsedFlags): RemoteProfileSettings {
  const configured = (flag: string): boolean => !isBlank(flags.optionalText(flag) ?? "");
  return {
    // Both are choices: the parser let only these words through.
    profile: flags.text("gateway-remote-profile") as RemoteProfile,
    authMode: flags.text("gateway-openresponses-auth-mode") as GatewayAuthMode,
    serverEnabled: flags.boolean("gateway-openresponses-server"),
    bind: flags.text("gateway-openresponses-bind"),
    tokenConfigured: configured("gateway-openresponses-auth-token"),
    passwordConfigured: configured("gateway-openresponses-auth-password"),
  };
}

/** `--gateway-remote-profile-inspect [--gateway-remote-profile-json]` (spec/tau/health.md §5). */
export const inspectRemoteProfile: ReferenceCommand = async (flags, { terminal }) => {
  const report = reportJson(evaluateRemoteProfile(remoteProfileSettings(flags)));
  const json = flags.boolean("gateway-remote-profile-json");
  terminal.out(json ? printPretty(report) : statusLine("gateway remote profile inspect", report));
  return exitCodes.success;
};
