import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "./process.mjs";
import { SetupError } from "./report.mjs";

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {boolean} whether a window can be opened: elsewhere than on Linux there is always a desktop
 */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== "linux" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
}

/**
 * How Chromium's sandbox can work for this user: through the kernel's user namespaces, else through its helper, which
 * must belong to root and carry the set-user-id bit; as root it refuses to start at all.
 *
 * @param {{ userId: number; helper: { uid: number; mode: number } | undefined; namespaces: boolean }} facts
 * @returns {"on" | "off for root" | "unavailable"}
 */
export function sandboxState({ userId, helper, namespaces }) {
  if (userId === 0) return "off for root";
  const helperWorks = helper !== undefined && helper.uid === 0 && (helper.mode & 0o4755) === 0o4755;
  return namespaces || helperWorks ? "on" : "unavailable";
}

/**
 * @param {string} binary Electron's
 * @returns {Promise<{ line: string; value: readonly string[] }>} arguments Electron needs; rejects with a `SetupError`
 */
export async function checkSandbox(binary) {
  const userId = process.getuid?.();
  if (process.platform !== "linux" || userId === undefined) return { line: "on", value: [] };
  const path = join(dirname(binary), "chrome-sandbox");
  const helper = await stat(path).catch(() => undefined);
  const namespaces = userId !== 0 && (await run("unshare", ["-Ur", "true"], { timeoutMs: 5_000 })).code === 0;
  const state = sandboxState({ userId, helper, namespaces });
  if (state === "on") return { line: "on", value: [] };
  if (state === "off for root") {
    return {
      line: "off, because Chromium refuses it to root; start as an ordinary user to have it",
      value: ["--no-sandbox"],
    };
  }
  throw new SetupError(
    "sandbox",
    "user namespaces are not available to this user, and Chromium's sandbox helper is not set up",
    `sudo chown root:root ${path} && sudo chmod 4755 ${path}; or use a browser: npm start -- --serve`,
  );
}
