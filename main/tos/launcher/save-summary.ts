import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { ScriptError } from "#domain/tos/launcher/outcome";
import { printPowershellJson } from "#domain/tos/launcher/powershell-json";
import type { LaunchSummary } from "#domain/tos/launcher/run-summary";
import { textSummaryPath } from "#domain/tos/launcher/summary-path";
import { writeDurable } from "../../system/write-durable";
import { describeFileError } from "../../watch/file-problem";

/**
 * Writes the summary where `-SummaryFile` says, absolute or relative to the root, and beside it as text (launcher.md §5).
 * Resolves with the full path. Rejects with a `ScriptError` when the folder is missing or a file cannot be written.
 */
export async function saveSummary(
  root: string,
  summaryFile: string,
  summary: LaunchSummary,
): Promise<string> {
  const path = resolve(root, summaryFile);
  const folder = dirname(path);
  try {
    if (!(await stat(folder)).isDirectory()) throw new Error("it is a file, expected a folder");
  } catch (error) {
    throw new ScriptError(`-SummaryFile: the folder ${folder} cannot be used: ${describeFileError(error)}`);
  }
  try {
    await writeDurable(path, windowsText(printPowershellJson(summary.json)));
    await writeDurable(textSummaryPath(path), windowsText(summary.text));
  } catch (error) {
    throw new ScriptError(`-SummaryFile: ${path} cannot be written: ${describeFileError(error)}`);
  }
  return path;
}

/** As `Set-Content -Encoding UTF8` of Windows PowerShell writes a text. */
function windowsText(text: string): string {
  return `\uFEFF${text}\r\n`;
}
