import { buildIfChanged } from "./build.mjs";
import { checkSandbox } from "./display.mjs";
import { ensureElectron } from "./electron-runtime.mjs";
import { checkNode } from "./node-version.mjs";
import { ensurePackages } from "./packages.mjs";
import { failureText, runStep } from "./report.mjs";
import { ensureWindowLibraries } from "./window-libraries.mjs";

/**
 * Node and the packages: what every command needs.
 *
 * @param {string} root the checkout
 * @param {(line: string) => void} [print]
 */
export async function preparePackages(root, print) {
  await runStep("node", () => checkNode(), print);
  await runStep("packages", () => ensurePackages(root), print);
}

/**
 * The Electron runtime and what it needs from the system.
 *
 * @param {string} root the checkout
 * @returns {Promise<{ binary: string; version: string; args: readonly string[] }>} how to start it; rejects with a `SetupError`
 */
export async function prepareElectron(root) {
  const { path, version } = await runStep("electron", () => ensureElectron(root));
  await runStep("system libraries", () => ensureWindowLibraries(path));
  const args = await runStep("sandbox", () => checkSandbox(path));
  return { binary: path, version, args };
}

/** @param {string} root the checkout; @param {(line: string) => void} [print] */
export async function prepareBuild(root, print) {
  const build = async () => {
    const { built, milliseconds } = await buildIfChanged(root);
    return { line: built ? `done in ${(milliseconds / 1000).toFixed(1)} s` : "up to date", value: built };
  };
  await runStep("build", build, print);
}

/**
 * Runs a whole command and ends the process with its exit code; a step that failed is told with its remedy.
 *
 * @param {() => Promise<number>} command
 */
export async function runCommand(command) {
  try {
    process.exitCode = await command();
  } catch (failure) {
    console.error(failureText(failure));
    process.exitCode = 1;
  }
}
