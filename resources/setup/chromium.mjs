import { findCommand } from "./system-packages.mjs";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** @param {NodeJS.ProcessEnv} [env]; @returns {Promise<string | undefined>} `GATEHOUSE_CHROMIUM`, else the browser on PATH */
export async function findChromium(env = process.env) {
  if (env["GATEHOUSE_CHROMIUM"]) return env["GATEHOUSE_CHROMIUM"];
  for (const name of names) {
    const path = await findCommand(name, env);
    if (path !== undefined) return path;
  }
  return undefined;
}
