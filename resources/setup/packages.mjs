import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { npmCommand } from "./npm.mjs";
import { run } from "./process.mjs";
import { SetupError } from "./report.mjs";

const installTimeoutMs = 15 * 60_000;

/** @param {string} root */
const stampPath = (root) => join(root, "node_modules", ".gatehouse-packages");

/** @param {string} root; @returns {Promise<string>} the lockfile and the platform its packages were chosen for */
async function wantedStamp(root) {
  const lockfile = await readFile(join(root, "package-lock.json"));
  return `${createHash("sha256").update(lockfile).digest("hex")} ${process.platform} ${process.arch}`;
}

/**
 * Compares npm's own record of what it installed with the lockfile, for packages installed by hand (`npm install`).
 *
 * @param {unknown} wanted content of `package-lock.json`
 * @param {unknown} installed content of `node_modules/.package-lock.json`
 * @returns {boolean} whether every package that is not optional has the locked version and integrity
 */
export function recordMatchesLockfile(wanted, installed) {
  const wantedPackages = /** @type {any} */ (wanted)?.packages ?? {};
  const installedPackages = /** @type {any} */ (installed)?.packages ?? {};
  const names = Object.keys(wantedPackages).filter((name) => name !== "" && !wantedPackages[name].optional);
  const same = (/** @type {string} */ name) =>
    installedPackages[name]?.version === wantedPackages[name].version &&
    installedPackages[name]?.integrity === wantedPackages[name].integrity;
  return names.every(same) && Object.keys(installedPackages).every((name) => name in wantedPackages);
}

/** @param {string} path; @returns {Promise<unknown>} */
const readJson = (path) =>
  readFile(path, "utf8").then(
    (text) => JSON.parse(text),
    () => undefined,
  );

/** @param {string} root; @param {string} stamp; @returns {Promise<boolean>} */
async function isInstalled(root, stamp) {
  const found = await readFile(stampPath(root), "utf8").catch(() => "");
  if (found === stamp) return true;
  // Optional packages are chosen for a platform; those of another one are of no use here.
  const [, ...platform] = found.split(" ");
  if (found !== "" && !stamp.endsWith(` ${platform.join(" ")}`)) return false;
  const installed = await readJson(join(root, "node_modules", ".package-lock.json"));
  if (installed === undefined) return false;
  return recordMatchesLockfile(await readJson(join(root, "package-lock.json")), installed);
}

const commandTarget = "../../resources/gatehouse.mjs";

/** @param {string} root */
const commandLink = (root) => join(root, "node_modules", ".bin", "gatehouse");

/** npm links the commands of dependencies only; this one makes `npx gatehouse` work. @param {string} root */
async function linkCommand(root) {
  if (process.platform === "win32") return;
  const link = commandLink(root);
  if ((await readlink(link).catch(() => "")) === commandTarget) return;
  await mkdir(join(root, "node_modules", ".bin"), { recursive: true });
  await chmod(join(root, "resources", "gatehouse.mjs"), 0o755);
  await rm(link, { force: true });
  await symlink(commandTarget, link).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
}

/** @param {string} root; @param {string} stamp; @returns {Promise<boolean>} whether an earlier start finished this step */
async function isRecorded(root, stamp) {
  const recorded = await readFile(stampPath(root), "utf8").catch(() => "");
  const link =
    process.platform === "win32" ? commandTarget : await readlink(commandLink(root)).catch(() => "");
  return recorded === stamp && link === commandTarget;
}

/** @param {string} root */
async function install(root) {
  const [program = "npm", ...first] = npmCommand();
  const options = ["--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const result = await run(program, [...first, "ci", ...options], { cwd: root, timeoutMs: installTimeoutMs });
  if (result.code === 0) return;
  throw new SetupError(
    "packages",
    `npm ci ended with ${result.stopped || `code ${result.code}`}`,
    "check that the npm registry is within reach (npm ping), then start again",
    result.stderr,
  );
}

/**
 * Installs the packages of the lockfile when `node_modules` does not match it.
 *
 * @param {string} root the checkout
 * @returns {Promise<{ line: string; value: boolean }>} whether anything was installed; rejects with a `SetupError`
 */
export async function ensurePackages(root) {
  const stamp = await wantedStamp(root);
  const line = "match the lockfile";
  if ((await isInstalled(root, stamp)) && (await isRecorded(root, stamp))) return { line, value: false };
  // Beside node_modules, not inside it: npm ci begins by removing that folder.
  return withLock(join(root, ".packages.lock"), async () => {
    const started = performance.now();
    const installed = await isInstalled(root, stamp);
    if (!installed) await install(root);
    await linkCommand(root);
    await writeFile(stampPath(root), stamp);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    return { line: installed ? line : `installed from the lockfile in ${seconds} s`, value: !installed };
  });
}
