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
      const [{ openConsole }, { systemClock }, { programVersion }] = await Promise.all([
        import("./host/compose"),
        import("./system/clock"),
        import("./cli/version"),
      ]);
      return openConsole({
        path: workspacePath,
        kind: "window",
        clock: systemClock,
        version: programVersion(),
        onProblem: (problem) => process.stderr.write(`${problem}\n`),
      });
    },
  });
}
