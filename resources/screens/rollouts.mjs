import { readdir } from "node:fs/promises";
import { run } from "../setup/process.mjs";
import { SetupError } from "../setup/report.mjs";
import { packageCommand } from "../suites/checks.mjs";

const timeoutMs = 20 * 60_000;

/**
 * Has the end-to-end tests that go through every state of a rollout take a picture of each.
 *
 * @param {string} root the checkout, built
 * @param {string} folder for the pictures, which are named `rollout-<state>-<theme>-<size>.png`
 * @returns {Promise<number>} how many were taken
 */
export async function photographRollouts(root, folder) {
  const vitest = await packageCommand(root, "vitest", "vitest");
  const args = [vitest, "run", "--project", "e2e", "test/e2e/rollout-states-"];
  const result = await run(process.execPath, args, {
    cwd: root,
    env: { ...process.env, GATEHOUSE_PICTURES: folder, NO_COLOR: "1" },
    timeoutMs,
  });
  if (result.code !== 0)
    throw new SetupError(
      "rollouts",
      "a state was not reached",
      "see what it says",
      result.stdout + result.stderr,
    );
  return (await readdir(folder)).filter((name) => name.startsWith("rollout-")).length;
}
