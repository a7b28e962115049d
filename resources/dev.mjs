/** `npm run dev`: the console in a window that follows the sources. Arguments go to the console: `-- --workspace DIR`. */
import { parseStartArguments } from "./setup/arguments.mjs";
import { runOnTerminal } from "./setup/process.mjs";
import { projectFile, projectRoot } from "./setup/project.mjs";
import { stepLine } from "./setup/report.mjs";
import { prepareElectron, preparePackages, runCommand } from "./setup/steps.mjs";

await runCommand(async () => {
  const directory = process.env["INIT_CWD"] ?? process.cwd();
  const { workspace } = parseStartArguments(process.argv.slice(2), directory);
  await preparePackages(projectRoot);
  const electron = await prepareElectron(projectRoot);
  console.log(
    stepLine("console", "opening; main restarts and the interface reloads when their sources change"),
  );
  const consoleArgs = workspace === undefined ? [] : ["--", "--workspace", workspace];
  const viteArgs = [
    "dev",
    "--watch",
    ...(electron.args.includes("--no-sandbox") ? ["--noSandbox"] : []),
    ...consoleArgs,
  ];
  return runOnTerminal(
    process.execPath,
    [projectFile("node_modules", "electron-vite", "bin", "electron-vite.js"), ...viteArgs],
    {
      cwd: projectRoot,
      env: { ...process.env, ELECTRON_EXEC_PATH: electron.binary },
    },
  );
});
