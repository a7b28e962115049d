/** `npm start`: from a bare clone to the console, one line a step. */
import { parseStartArguments, startUsage } from "./setup/arguments.mjs";
import { prepareConsole } from "./setup/console.mjs";
import { runOnTerminal } from "./setup/process.mjs";
import { projectRoot } from "./setup/project.mjs";
import { stepLine } from "./setup/report.mjs";
import { runCommand } from "./setup/steps.mjs";

await runCommand(async () => {
  const options = parseStartArguments(process.argv.slice(2), process.env["INIT_CWD"] ?? process.cwd());
  if (options.help) {
    console.log(startUsage);
    return 0;
  }
  const { program, args, env, served } = await prepareConsole(projectRoot, options);
  console.log(
    stepLine(
      "console",
      served ? "serving to a browser on this machine; Ctrl-C ends it" : "opening its window",
    ),
  );
  return runOnTerminal(program, args, { env });
});
