import { mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./process.mjs";

const firstByteMs = 15_000;
const stallMs = 60_000;
const totalMs = 20 * 60_000;

/**
 * @param {string} root the checkout
 * @returns {Promise<string>} version of the official package the lockfile pins
 */
export async function pinnedElectronVersion(root) {
  const text = await readFile(join(root, "node_modules", "electron", "package.json"), "utf8");
  return String(JSON.parse(text).version);
}

/**
 * @param {string} root the checkout
 * @returns {Promise<string | undefined>} the binary the official installer put in place, when it is whole
 */
export async function installedElectron(root) {
  const folder = join(root, "node_modules", "electron");
  try {
    const [version, inDist] = await Promise.all([
      readFile(join(folder, "dist", "version"), "utf8"),
      // Written last, so an interrupted installation does not have it.
      readFile(join(folder, "path.txt"), "utf8"),
    ]);
    if (version.trim().replace(/^v/, "") !== (await pinnedElectronVersion(root))) return undefined;
    const binary = join(folder, "dist", inDist.trim());
    return (await stat(binary)).isFile() ? binary : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} folder; @returns {Promise<number>} bytes below it */
async function folderBytes(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        (status) => status.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param {string} output of the official installer; @returns {string} its reason in a few words */
export function shortReason(output) {
  const code =
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|CERT_\w+)\b/.exec(
      output,
    );
  if (code) return /** @type {string} */ (code[1]);
  if (/fetch failed/.test(output)) return "its host is out of reach";
  return (output.trim().split("\n")[0] ?? "").slice(0, 200) || "no reason given";
}

/**
 * Runs Electron's own installer, which downloads the binary and checks it against the package's checksums. Where the
 * host is out of reach this ends soon: 15 s without a first byte, or 60 s without another.
 *
 * @param {string} root the checkout
 * @returns {Promise<string>} why there is no binary, "" when it is in place
 */
export async function downloadOfficialElectron(root) {
  const folder = join(root, "node_modules", "electron");
  const temporary = await mkdtemp(join(tmpdir(), "gatehouse-electron-"));
  const started = performance.now();
  let bytes = await folderBytes(join(folder, "dist"));
  let changed = started;
  let moving = false;
  const supervise = async () => {
    const now = (await folderBytes(temporary)) + (await folderBytes(join(folder, "dist")));
    if (now !== bytes) {
      bytes = now;
      changed = performance.now();
      moving = true;
    }
    const quietMs = performance.now() - changed;
    if (!moving && quietMs > firstByteMs) return "no answer within 15 s";
    return quietMs > stallMs ? "the download stalled" : "";
  };
  try {
    const result = await run(process.execPath, [join(folder, "install.js")], {
      cwd: root,
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, NODE_NO_WARNINGS: "1" },
      timeoutMs: totalMs,
      supervise,
    });
    if (result.code === 0 && (await installedElectron(root)) !== undefined) return "";
    return result.stopped || shortReason(result.stderr);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
