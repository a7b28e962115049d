import { statusLine } from "#domain/inspect/status/text-form";
import { inspectChannel, parseChannel } from "../../inspect/channel-store";
import { systemClock } from "../../system/clock";
import { exitCodes } from "../exit-codes";
import type { ReferenceCommand } from "./command";

/** `--channel-store-inspect <transport>/<channel id>` (spec/tau/surfaces.md §6). */
export const inspectChannelStore: ReferenceCommand = async (flags, { terminal }) => {
  const flag = "channel-store-inspect";
  const channel = parseChannel(flag, flags.text("channel-store-root"), flags.text(flag));
  const report = await inspectChannel(channel, systemClock.nowUnixMs());
  terminal.out(statusLine("channel store inspect", report));
  return exitCodes.success;
};

/** `--channel-store-repair <transport>/<channel id>` (spec/tau/surfaces.md §6). */
export const repairChannelStore: ReferenceCommand = async (flags, { terminal }) => {
  const { repairChannel } = await import("../../inspect/channel-repair");
  const flag = "channel-store-repair";
  const root = flags.text("channel-store-root");
  const channel = parseChannel(flag, root, flags.text(flag));
  const report = await repairChannel(root, channel, { clock: systemClock, warn: terminal.error });
  terminal.out(statusLine("channel store repair", report));
  return exitCodes.success;
};
