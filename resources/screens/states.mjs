import { readdir } from "node:fs/promises";
import { run } from "../setup/process.mjs";
import { SetupError } from "../setup/report.mjs";
import { packageCommand } from "../suites/checks.mjs";

const timeoutMs = 20 * 60_000;

/** End-to-end tests that take a picture of every state they bring about. */
const tests = ["test/e2e/rollout-states-", "test/e2e/tos-"];

/**
 * Has the end-to-end tests that go through the states of a rollout and of the task orchestrator take a picture of each.
 *
 * @param {string} root the checkout, built
 * @param {string} folder for the pictures, which are named `<what>-<state>-<theme>-<size>.png`
 * @returns {Promise<number>} how many were taken
 */
export async function photographStates(root, folder) {
  const before = (await readdir(folder)).length;
  const vitest = await packageCommand(root, "vitest", "vitest");
  const args = [vitest, "run", "--project", "e2e", ...tests];
  const result = await run(process.execPath, args, {
    cwd: root,
    env: { ...process.env, GATEHOUSE_PICTURES: folder, NO_COLOR: "1" },
    timeoutMs,
  });
  if (result.code !== 0)
    throw new SetupError(
      "states",
      "a state was not reached",
      "see what it says",
      result.stdout + result.stderr,
    );
  return (await readdir(folder)).length - before;
}
