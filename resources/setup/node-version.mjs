import { SetupError } from "./report.mjs";

/** Oldest Node the build tools run on, as `engines` in package.json says. */
export const oldestNode = /** @type {const} */ ([20, 19, 0]);

/**
 * @param {string} version like `20.20.2`
 * @returns {boolean} whether it is at least `oldestNode`
 */
export function isNodeRecentEnough(version) {
  const numbers = version.split(".").map((part) => Number.parseInt(part, 10));
  for (const [index, wanted] of oldestNode.entries()) {
    const actual = numbers[index] ?? 0;
    if (actual !== wanted) return actual > wanted;
  }
  return true;
}

/** @param {string} [version]; @returns {Promise<{ line: string; value: string }>} rejects with a `SetupError` */
export async function checkNode(version = process.versions.node) {
  if (isNodeRecentEnough(version)) return { line: version, value: version };
  throw new SetupError(
    "node",
    `Node ${version} is too old, ${oldestNode.join(".")} or newer is needed`,
    "install a current Node and start again",
  );
}
