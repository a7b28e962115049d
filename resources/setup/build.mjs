import { createHash } from "node:crypto";
import { access, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SetupError } from "./report.mjs";
import { withLock } from "./lock.mjs";
import { run } from "./process.mjs";

const sourceFolders = ["main", "preload", "renderer"];
const sourceFiles = ["electron.vite.config.ts", "package.json", "package-lock.json", "tsconfig.base.json"];
const parts = ["main", "preload", "renderer"];
const results = ["main/index.js", "main/cli.js", "main/demo.js", "preload/index.cjs", "renderer/index.html"];
const buildTimeoutMs = 5 * 60_000;

/**
 * @param {string} root the checkout
 * @returns {Promise<string>} SHA-256 over the names and contents of everything the build reads
 */
export async function sourceHash(root) {
  const files = [...sourceFiles];
  for (const folder of sourceFolders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (entry.isFile()) files.push(join(entry.parentPath.slice(root.length + 1), entry.name));
    }
  }
  const hash = createHash("sha256");
  for (const file of files.sort()) {
    const content = await readFile(join(root, file));
    hash.update(`${file.replaceAll("\\", "/")}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** @param {string} root */
const stampPath = (root) => join(root, "out", ".build-stamp");

/**
 * @param {string} root the checkout
 * @param {string} hash of its sources
 * @returns {Promise<boolean>} whether `out/` was built from exactly these sources and is all there
 */
export async function isBuilt(root, hash) {
  const stamp = await readFile(stampPath(root), "utf8").catch(() => "");
  if (stamp !== hash) return false;
  const found = await Promise.all(
    results.map((file) =>
      access(join(root, "out", file)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}

/** Puts a finished build in the place of the old one; a crash in between leaves no stamp, so the next start builds. */
async function install(/** @type {string} */ root, /** @type {string} */ fresh, /** @type {string} */ hash) {
  const out = join(root, "out");
  await mkdir(out, { recursive: true });
  await rm(stampPath(root), { force: true });
  for (const part of parts) {
    const old = join(fresh, `${part}.old`);
    await rename(join(out, part), old).catch((error) => {
      if (error.code !== "ENOENT") throw error;
    });
    await rename(join(fresh, part), join(out, part));
  }
  await writeFile(`${stampPath(root)}.new`, hash);
  await rename(`${stampPath(root)}.new`, stampPath(root));
}

/**
 * Builds main, preload and renderer when the sources changed since the last build. The new build is made beside the
 * old one and takes its place only when it is whole, so a failed build leaves the last good one; processes that ask
 * at the same time wait for one build.
 *
 * @param {string} root the checkout
 * @returns {Promise<{ built: boolean; hash: string; milliseconds: number }>} rejects with a `SetupError`
 */
export async function buildIfChanged(root) {
  const started = performance.now();
  /** @param {boolean} built; @param {string} hash */
  const result = (built, hash) => ({ built, hash, milliseconds: performance.now() - started });
  const hash = await sourceHash(root);
  if (await isBuilt(root, hash)) return result(false, hash);
  return withLock(join(root, "out", ".build.lock"), async () => {
    const current = await sourceHash(root);
    if (await isBuilt(root, current)) return result(false, current);
    // Beside `out` and as deep, so that the source maps' relative paths hold after the move.
    const fresh = join(root, ".out-next");
    await rm(fresh, { recursive: true, force: true });
    try {
      const cli = join(root, "node_modules", "electron-vite", "bin", "electron-vite.js");
      const build = await run(process.execPath, [cli, "build", "--logLevel", "error"], {
        cwd: root,
        env: { ...process.env, NODE_ENV: "production", GATEHOUSE_BUILD_DIR: ".out-next" },
        timeoutMs: buildTimeoutMs,
      });
      if (build.code !== 0) {
        throw new SetupError(
          "build",
          `electron-vite build failed${build.stopped ? ` (${build.stopped})` : ""}`,
          "mend what it names, then start again; the last good build is still in out/",
          `${build.stdout}${build.stderr}`,
        );
      }
      await install(root, fresh, current);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
    return result(true, current);
  });
}
