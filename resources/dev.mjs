/**
 * `npm run dev`: like `npm start`, and after every change of a source it builds again and reopens the console. What
 * runs is what ships: the same scheme, the same content security policy, no development server.
 */
import { EventEmitter, once } from "node:events";
import { watch } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { parseStartArguments, startUsage } from "./setup/arguments.mjs";
import { buildIfChanged } from "./setup/build.mjs";
import { prepareConsole } from "./setup/console.mjs";
import { projectFile, projectRoot } from "./setup/project.mjs";
import { failureText, stepLine } from "./setup/report.mjs";
import { runCommand } from "./setup/steps.mjs";

/** Editors write a file in several steps; a build begins once they are done. */
const settleMs = 150;

await runCommand(async () => {
  const options = parseStartArguments(process.argv.slice(2), process.env["INIT_CWD"] ?? process.cwd());
  if (options.help) {
    console.log(startUsage);
    return 0;
  }
  const { program, args, env } = await prepareConsole(projectRoot, options);
  const { execa } = await import("execa");

  const sources = new EventEmitter();
  let changed = false;
  sources.on("change", () => (changed = true));
  for (const folder of ["main", "preload", "renderer"]) {
    watch(projectFile(folder), { recursive: true }, () => sources.emit("change"));
  }
  /** Resolves once the sources have changed and were built without an error. */
  const rebuilt = async () => {
    for (;;) {
      if (!changed) await once(sources, "change");
      await delay(settleMs);
      changed = false;
      try {
        if ((await buildIfChanged(projectRoot)).built) return;
      } catch (failure) {
        console.error(failureText(failure));
      }
    }
  };

  for (;;) {
    console.log(
      stepLine("console", "open; a change of a source builds and reopens it, closing it ends this"),
    );
    const running = execa(program, args, { env, stdio: "inherit", reject: false });
    const reopen = await Promise.race([running.then(() => false), rebuilt().then(() => true)]);
    if (reopen) running.kill();
    const { exitCode = 1 } = await running;
    if (!reopen) process.exit(exitCode);
  }
});
