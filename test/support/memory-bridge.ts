import type { Transport } from "#contract/transport";
import { openConsole } from "../../main/host/compose";
import { systemClock } from "../../main/system/clock";
import { createMemoryTransport } from "./memory-transport";

/** A console in this process, and a transport to it that cannot break. */
export interface MemoryBridge {
  readonly transport: Transport;
  readonly breakConnections: null;
  close(): Promise<void>;
}

/** Opens a workspace; anything that goes wrong with it is an error of the test. */
export async function openMemoryBridge(workspacePath: string): Promise<MemoryBridge> {
  const opened = await openConsole({
    path: workspacePath,
    kind: "server",
    clock: systemClock,
    version: "test",
    onProblem: (problem) => {
      throw new Error(problem);
    },
  });
  return {
    transport: createMemoryTransport(opened.host),
    breakConnections: null,
    close: () => opened.close(),
  };
}
