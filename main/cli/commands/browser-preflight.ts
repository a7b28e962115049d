import { statusLine } from "#domain/inspect/status/text-form";
import { jsonObject, printPretty } from "#domain/json";
import { findExecutable } from "../../inspect/executable";
import { exitCodes } from "../exit-codes";
import type { ReferenceCommand } from "./command";

/**
 * `--browser-automation-preflight [--browser-automation-preflight-json]`: whether the browser executor can be started.
 * Exit 0 when it can, 1 when not. The reference names the flag (spec/tau/surfaces.md §3) but not its output.
 */
export const checkBrowserExecutor: ReferenceCommand = async (flags, { terminal, environment }) => {
  const program = flags.text("browser-automation-playwright-cli");
  const found = await findExecutable(program, environment["PATH"] ?? "");
  const report = jsonObject({
    playwright_cli: program,
    status: found === null ? "fail" : "pass",
    reason_code: found === null ? "playwright_cli_missing" : "playwright_cli_found",
    path: found ?? "",
  });
  const json = flags.boolean("browser-automation-preflight-json");
  terminal.out(json ? printPretty(report) : statusLine("browser automation preflight", report));
  return found === null ? exitCodes.failure : exitCodes.success;
};
