import { openConsole } from "../../../main/host/compose";
import { systemClock } from "../../../main/system/clock";
import { createMemoryTransport } from "../../support/memory-transport";
import { describeBridge } from "./contract-suite";

describeBridge("memory", async (workspacePath) => {
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
});
