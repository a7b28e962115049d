import { surfaceIds, surfaceLabels } from "#contract/identity";
import type { Hold, SurfaceReading } from "#contract/reading";
import { watcherOptions } from "../../host/watcher-options";
import { systemClock } from "../../system/clock";
import { readSurfaceOnce } from "../../watch/surface-watcher";
import { openWorkspace } from "../../workspace/workspace";
import { exitCodes } from "../exit-codes";
import { parseOptions } from "../flags/parse";
import type { CommandContext, Terminal } from "../terminal";
import { workspaceStatusFlags } from "./workspace-status-flags";

/**
 * `gatehouse status [--workspace DIR] [--json]`: reads the five surfaces once, with the same rules as the window, and
 * says which of them hold and why. Exit 0 when all pass, 3 when any holds.
 */
export async function showWorkspaceStatus(argv: readonly string[], context: CommandContext): Promise<number> {
  const options = parseOptions(workspaceStatusFlags, argv, {});
  const workspace = await openWorkspace(options.text("workspace"), systemClock);
  try {
    const readings: SurfaceReading[] = [];
    for (const surface of surfaceIds)
      readings.push(await readSurfaceOnce({ ...watcherOptions(surface, workspace), clock: systemClock }));
    const { path, settingsErrors } = workspace.view();
    for (const error of settingsErrors) context.terminal.error(`warning: ${error}`);
    const gate = readings.every((reading) => reading.gate === "pass") ? "pass" : "hold";
    if (options.boolean("json"))
      context.terminal.out(JSON.stringify({ workspace: path, gate, surfaces: readings }, null, 2));
    else for (const reading of readings) printReading(reading, context.terminal);
    return gate === "pass" ? exitCodes.success : exitCodes.held;
  } finally {
    await workspace.dispose();
  }
}

function printReading(reading: SurfaceReading, terminal: Terminal): void {
  const { health } = reading;
  const words = [
    surfaceLabels[reading.surface].padEnd(20),
    reading.gate.padEnd(5),
    trustedState(reading).padEnd(28),
    health === null ? "no figures" : `streak=${health.failure_streak} queue=${health.queue_depth}`,
  ];
  terminal.out(words.join(" "));
  for (const hold of reading.holds)
    terminal.out(
      `  ${hold.title}: ${hold.observed}\n    expected: ${hold.expected}\n    to pass:  ${hold.remedy}${recordLine(hold)}`,
    );
}

/** Only a fresh reading may look healthy: what an old one said is named as such. */
function trustedState({ freshness, healthState }: SurfaceReading): string {
  if (freshness.status === "fresh") return healthState;
  return healthState === "unknown" ? freshness.status : `${freshness.status} (was ${healthState})`;
}

/** Where the record that decided a hold stands. */
function recordLine({ record }: Hold): string {
  if (record === null) return "";
  const place = record.line === null ? "" : `, line ${record.line}, byte ${record.byteOffset}`;
  return `\n    record:   ${record.path}${place}`;
}
