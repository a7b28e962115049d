/** `npm start`: from a bare clone to the console, one line a step. */
import { parseStartArguments, startUsage } from "./setup/arguments.mjs";
import { hasDisplay } from "./setup/display.mjs";
import { runOnTerminal } from "./setup/process.mjs";
import { projectFile, projectRoot } from "./setup/project.mjs";
import { stepLine } from "./setup/report.mjs";
import { prepareBuild, prepareElectron, preparePackages, runCommand } from "./setup/steps.mjs";

await runCommand(async () => {
  const directory = process.env["INIT_CWD"] ?? process.cwd();
  const { workspace, serve, port, help } = parseStartArguments(process.argv.slice(2), directory);
  if (help) {
    console.log(startUsage);
    return 0;
  }
  const consoleArgs = workspace === undefined ? [] : ["--workspace", workspace];
  const what = workspace ?? "the demo workspace";
  const inBrowser = serve || !hasDisplay();
  await preparePackages(projectRoot);
  if (inBrowser) {
    console.log(stepLine("electron", `not needed: ${serve ? "--serve was given" : "there is no display"}`));
    await prepareBuild(projectRoot);
    console.log(stepLine("console", `serving ${what} to a browser on this machine; Ctrl-C ends it`));
    const portArgs = port === undefined ? [] : ["--port", String(port)];
    const cli = projectFile("out", "main", "cli.js");
    return runOnTerminal(process.execPath, [cli, "serve", ...consoleArgs, ...portArgs]);
  }
  const electron = await prepareElectron(projectRoot);
  await prepareBuild(projectRoot);
  console.log(stepLine("console", `opening ${what}`));
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return runOnTerminal(electron.binary, [...electron.args, projectRoot, ...consoleArgs], { env });
});
