import { findChromium } from "./chromium.mjs";
import { findCommand, installDebianPackages } from "./system-packages.mjs";

/** Commands the suites and benchmarks start, by the Debian package that has them. */
const toolPackages = /** @type {const} */ ({
  Xvfb: "xvfb",
  chromium: "chromium",
  jq: "jq",
  faketime: "faketime",
});

/** @typedef {keyof typeof toolPackages} Tool */

/**
 * @param {readonly Tool[]} tools
 * @returns {Promise<{ line: string; value: readonly Tool[] }>} what was installed; rejects with a `SetupError`
 */
export async function ensureTools(tools) {
  if (process.platform !== "linux") return { line: "not looked for on this platform", value: [] };
  const found = await Promise.all(
    tools.map((tool) => (tool === "chromium" ? findChromium() : findCommand(tool))),
  );
  const missing = tools.filter((_, index) => found[index] === undefined);
  if (missing.length === 0) return { line: "all present", value: [] };
  const packages = missing.map((tool) => toolPackages[tool]);
  await installDebianPackages("test tools", packages, `missing ${missing.join(", ")}`);
  return { line: `installed ${packages.join(", ")}`, value: missing };
}
