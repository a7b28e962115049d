import { withContext } from "#domain/contract-error";
import { inspectGateway } from "#domain/inspect/status/gateway";
import { type SurfaceInspector, type SurfaceStatus, surfaceStatus } from "#domain/inspect/status/report";
import {
  inspectCustomCommand,
  inspectDashboard,
  inspectDeployment,
  inspectMultiAgent,
  inspectVoice,
  multiChannelInspector,
} from "#domain/inspect/status/surfaces";
import { parseJson } from "#domain/json-parse";
import { readEventsLog } from "./events-log";
import { fileIn } from "./paths";
import { readInspectedState } from "./state-file";
import type { StatusSurface } from "./surface-names";
import { readTextFileIfPresent } from "./text-file";

const inspectors: Readonly<Record<Exclude<StatusSurface, "multi-channel">, SurfaceInspector>> = {
  dashboard: inspectDashboard,
  voice: inspectVoice,
  "custom-command": inspectCustomCommand,
  deployment: inspectDeployment,
  gateway: inspectGateway,
  "multi-agent": inspectMultiAgent,
};

/** Reads a surface's two files and derives its status; a missing event log is an empty one. */
export async function readSurfaceStatus(surface: StatusSurface, directory: string): Promise<SurfaceStatus> {
  const statePath = fileIn(directory, "state.json");
  const eventsLogPath = fileIn(directory, "runtime-events.jsonl");
  const state = await readInspectedState(statePath);
  const events = await readEventsLog(eventsLogPath);
  const inspect = surface === "multi-channel" ? await connectedInspector(directory) : inspectors[surface];
  return withContext(`failed to parse state file ${statePath}`, () =>
    surfaceStatus({ statePath, eventsLogPath, state, events }, inspect),
  );
}

async function connectedInspector(directory: string): Promise<SurfaceInspector> {
  const path = fileIn(directory, "live-connectors-state.json");
  const text = await readTextFileIfPresent("live connectors state file", path);
  if (text === null) return multiChannelInspector(undefined);
  return multiChannelInspector(
    withContext(`failed to parse live connectors state file ${path}`, () => parseJson(text)),
  );
}
