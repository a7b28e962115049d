import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Where downloads are kept: `GATEHOUSE_CACHE_DIR`, else the platform's cache folder (XDG base directories on Linux).
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {string} absolute path; need not exist
 */
export function cacheFolder(env = process.env, platform = process.platform) {
  if (env["GATEHOUSE_CACHE_DIR"]) return resolve(env["GATEHOUSE_CACHE_DIR"]);
  if (platform === "win32")
    return join(env["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), "gatehouse");
  if (platform === "darwin") return join(homedir(), "Library", "Caches", "gatehouse");
  const base = env["XDG_CACHE_HOME"];
  // The specification says to ignore a relative path.
  return join(base?.startsWith("/") ? base : join(homedir(), ".cache"), "gatehouse");
}
