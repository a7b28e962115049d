import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { run } from "./process.mjs";
import { SetupError } from "./report.mjs";

/** Debian packages with the shared libraries an Electron window needs. */
export const windowPackages = [
  "libgtk-3-0",
  "libnss3",
  "libasound2",
  "libgbm1",
  "libatk-bridge2.0-0",
  "libxss1",
  "libxtst6",
  "libnotify4",
  "libsecret-1-0",
  "libdrm2",
  "libcups2",
  "libxkbcommon0",
  "fonts-dejavu-core",
];

const installTimeoutMs = 15 * 60_000;

/** @param {string} command; @param {NodeJS.ProcessEnv} [env]; @returns {Promise<string | undefined>} its path */
export async function findCommand(command, env = process.env) {
  for (const folder of (env["PATH"] ?? "").split(delimiter)) {
    const path = join(folder, command);
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== "" && found) return path;
  }
  return undefined;
}

/** @param {string} output of `ldd`; @returns {readonly string[]} libraries it did not find, each once */
export function missingLibraries(output) {
  const names = [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => String(match[1]));
  return [...new Set(names)];
}

/** @param {string} binary; @returns {Promise<readonly string[]>} shared libraries it needs and the system lacks */
export async function librariesMissingFor(binary) {
  if (process.platform !== "linux" || (await findCommand("ldd")) === undefined) return [];
  const result = await run("ldd", [binary], { timeoutMs: 30_000, env: { ...process.env, LC_ALL: "C" } });
  return missingLibraries(result.stdout);
}

/** @param {string} output of `apt-cache show`; @returns {ReadonlySet<string>} */
const shownPackages = (output) =>
  new Set([...output.matchAll(/^Package: (\S+)$/gm)].map((match) => String(match[1])));

/**
 * Newer releases of Debian and Ubuntu renamed libraries with a 64-bit time (`libgtk-3-0t64`).
 *
 * @param {readonly string[]} names; @param {ReadonlySet<string>} available
 */
export const presentNames = (names, available) =>
  names.map((name) => (available.has(`${name}t64`) ? `${name}t64` : name));

/**
 * Installs Debian packages when this process may, and otherwise says the exact command.
 *
 * @param {string} step
 * @param {readonly string[]} names
 * @param {string} reason what is missing, for the failure's line
 */
export async function installDebianPackages(step, names, reason) {
  const byHand = `sudo apt-get install -y ${names.join(" ")}`;
  if ((await findCommand("apt-get")) === undefined) {
    throw new SetupError(step, reason, `install what provides them; on Debian: ${byHand}`);
  }
  if (process.getuid?.() !== 0) throw new SetupError(step, reason, byHand);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" };
  const patient = ["-o", "DPkg::Lock::Timeout=300", "-qq"];
  const update = await run("apt-get", [...patient, "update"], { env, timeoutMs: installTimeoutMs });
  const shown = await run("apt-cache", ["show", "--no-all-versions", ...names.map((name) => `${name}t64`)], {
    env,
  });
  const chosen = presentNames(names, shownPackages(shown.stdout));
  const options = [...patient, "install", "-y", "--no-install-recommends", ...chosen];
  const install = await run("apt-get", options, { env, timeoutMs: installTimeoutMs });
  if (install.code === 0) return;
  throw new SetupError(
    step,
    `${reason}; apt-get could not install it`,
    byHand,
    `${update.stderr}${install.stderr}`,
  );
}
