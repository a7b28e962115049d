import { lstat, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

/**
 * A folder that was verified once and is kept: an inventory written inside it before it gets its final name lets
 * later starts see in milliseconds that nothing is missing or changed.
 */

const inventoryName = ".inventory.json";

/**
 * @param {string} folder
 * @returns {Promise<Record<string, string>>} for each file and link below it: kind, permissions, bytes, time written (s)
 */
async function takeInventory(folder) {
  /** @type {Record<string, string>} */
  const inventory = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).replaceAll("\\", "/");
    if (entry.isDirectory() || name === inventoryName) continue;
    const status = await lstat(path);
    const kind = status.isSymbolicLink() ? "link" : "file";
    inventory[name] =
      `${kind} ${(status.mode & 0o777).toString(8)} ${status.size} ${Math.floor(status.mtimeMs / 1000)}`;
  }
  return inventory;
}

/**
 * Gives a finished temporary folder its final name, whole or not at all.
 *
 * @param {string} fresh on the same file system as `folder`
 * @param {string} folder what stood there is replaced
 * @param {string} seal what the content was verified against
 */
export async function keepFolder(fresh, folder, seal) {
  await writeFile(
    join(fresh, inventoryName),
    JSON.stringify({ seal, files: await takeInventory(fresh) }, null, 1),
  );
  const old = `${fresh}.old`;
  await rename(folder, old).catch((error) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(fresh, folder);
  await rm(old, { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @param {string} seal
 * @returns {Promise<string>} why the folder cannot be used, "" when it is as it was kept, "missing" when there is none
 */
export async function keptFolderProblem(folder, seal) {
  const text = await readFile(join(folder, inventoryName), "utf8").catch(() => undefined);
  if (text === undefined) {
    return (await lstat(folder).catch(() => undefined)) === undefined ? "missing" : "it has no inventory";
  }
  /** @type {{ seal?: unknown; files?: unknown }} */
  let kept;
  try {
    kept = JSON.parse(text);
  } catch {
    return "its inventory is not JSON";
  }
  if (kept?.seal !== seal) return "it was verified against another checksum";
  const expected = Object.entries(typeof kept.files === "object" && kept.files !== null ? kept.files : {});
  const actual = await takeInventory(folder);
  for (const [name, line] of expected) {
    if (actual[name] !== line)
      return actual[name] === undefined ? `${name} is missing` : `${name} was changed`;
  }
  const added = Object.keys(actual).find((name) => !expected.some(([known]) => known === name));
  return added === undefined ? "" : `${added} was added`;
}
