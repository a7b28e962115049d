import { statusLine } from "#domain/inspect/status/text-form";
import { printPretty } from "#domain/json";
import type { StatusSurface } from "../../inspect/surface-names";
import { readSurfaceStatus } from "../../inspect/surface-status";
import { exitCodes } from "../exit-codes";
import type { ReferenceCommand } from "./command";

/** `--<p>-status-inspect [--<p>-status-json]` (spec/tau/health.md §4). */
export function inspectSurfaceStatus(surface: StatusSurface): ReferenceCommand {
  return async (flags, { terminal }) => {
    const { report } = await readSurfaceStatus(surface, flags.text(`${surface}-state-dir`));
    const json = flags.boolean(`${surface}-status-json`);
    terminal.out(json ? printPretty(report) : statusLine(`${surface} status inspect`, report));
    return exitCodes.success;
  };
}
