import { join } from "node:path";
import { app } from "electron";
import { workspaceArgument } from "./electron/arguments";
import { runApplication } from "./electron/application";
import { programRoot } from "./host/program-root";

const workspacePath = workspaceArgument(process.argv.slice(1));
if (workspacePath === null) {
  process.stderr.write("error: give the checkout to open with --workspace DIR\n");
  app.exit(2);
} else {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => app.quit());
  // Not awaited: Electron becomes ready only after this module has been evaluated.
  void runApplication({
    workspacePath,
    outDirectory: join(programRoot(), "out"),
    open: async () => {
      // Loaded after the window: none of it is needed for the first paint.
      const [{ openConsole }, { serveCommandLine }, { systemClock }, { programVersion }] = await Promise.all([
        import("./host/compose"),
        import("./server/command-door"),
        import("./system/clock"),
        import("./cli/version"),
      ]);
      const onProblem = (problem: string): unknown => process.stderr.write(`${problem}\n`);
      const opened = await openConsole({
        path: workspacePath,
        kind: "window",
        clock: systemClock,
        version: programVersion(),
        onProblem,
      });
      return serveCommandLine(opened, onProblem);
    },
  });
}
