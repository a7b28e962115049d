import {
  parseTransportTarget,
  transportHealthJson,
  transportHealthLine,
} from "#domain/inspect/transport-health";
import { printPretty } from "#domain/json";
import { readTransportHealth } from "../../inspect/transport-health";
import { exitCodes } from "../exit-codes";
import type { ReferenceCommand } from "./command";

/** `--transport-health-inspect <target> [--transport-health-json]` (spec/tau/health.md §3). */
export const inspectTransportHealth: ReferenceCommand = async (flags, { terminal }) => {
  const target = parseTransportTarget(flags.text("transport-health-inspect"));
  const rows = await readTransportHealth(target, (flag) => flags.text(flag));
  if (flags.boolean("transport-health-json")) terminal.out(printPretty(rows.map(transportHealthJson)));
  else for (const row of rows) terminal.out(transportHealthLine(row));
  return exitCodes.success;
};
