import { createInterface } from "node:readline";
import { join } from "node:path";
import { execa } from "execa";
import { SetupError } from "../setup/report.mjs";

/**
 * Serves a workspace while `action` runs.
 *
 * @template Result
 * @param {string} root the checkout, built
 * @param {string} workspace
 * @param {(link: string) => Promise<Result>} action gets the link that opens the console once
 * @returns {Promise<Result>} rejects with a `SetupError` when the console cannot be served
 */
export async function withServedConsole(root, workspace, action) {
  const cli = join(root, "out", "main", "cli.js");
  const server = execa(process.execPath, [cli, "serve", "--workspace", workspace], { reject: false });
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const link = /https?:\/\/\S+$/.exec(line)?.[0];
      if (link !== undefined) return await action(link);
    }
    const { stderr } = await server;
    throw new SetupError("console", "it could not be served", "mend what it names", stderr);
  } finally {
    server.kill("SIGINT");
    await server;
  }
}
