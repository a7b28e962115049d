import { openConsole } from "../../../../main/host/compose";
import { systemClock } from "../../../../main/system/clock";
import { createMemoryTransport } from "../../../support/memory-transport";
import { describeTosBridge } from "./bridge-suite";

describeTosBridge("memory", async (workspacePath) => {
  const opened = await openConsole({
    path: workspacePath,
    kind: "server",
    clock: systemClock,
    version: "test",
    onProblem: (problem) => {
      throw new Error(problem);
    },
  });
  return { transport: createMemoryTransport(opened.host), close: () => opened.close() };
});
