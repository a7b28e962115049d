import { join } from "node:path";
import { hasDisplay } from "./display.mjs";
import { runStep, stepLine } from "./report.mjs";
import { prepareBuild, prepareElectron, preparePackages } from "./steps.mjs";
import { chooseWorkspace } from "./workspace.mjs";

/**
 * Does every step up to opening the console, in a window where there is a display and otherwise served to a browser.
 *
 * @param {string} root the checkout
 * @param {import("./arguments.mjs").StartArguments} options
 * @returns {Promise<{ program: string; args: readonly string[]; env: NodeJS.ProcessEnv; served: boolean }>} what to start
 */
export async function prepareConsole(root, { workspace, rehearsal, serve, port }) {
  const served = serve || !hasDisplay();
  await preparePackages(root);
  if (served) {
    console.log(stepLine("electron", `not needed: ${serve ? "--serve was given" : "there is no display"}`));
    await prepareBuild(root);
    const path = await runStep("workspace", () => chooseWorkspace(root, workspace, rehearsal));
    const portArgs = port === undefined ? [] : ["--port", String(port)];
    const args = [join(root, "out", "main", "cli.js"), "serve", "--workspace", path, ...portArgs];
    return { program: process.execPath, args, env: process.env, served };
  }
  const electron = await prepareElectron(root);
  await prepareBuild(root);
  const path = await runStep("workspace", () => chooseWorkspace(root, workspace, rehearsal));
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return { program: electron.binary, args: [...electron.args, root, "--workspace", path], env, served };
}
