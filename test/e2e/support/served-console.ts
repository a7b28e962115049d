import { join } from "node:path";
import { execa } from "execa";
import { ensureBuilt } from "../../support/build";
import { waitUntil } from "../../support/wait-until";

/** A console served by the built command line in a process of its own. */
export interface ServedConsole {
  /** Works once. */
  readonly link: string;
  stop(): Promise<void>;
}

/** Serves a workspace on a free port; rejects with what was printed when it does not come up. */
export async function serveConsole(workspacePath: string): Promise<ServedConsole> {
  const commandLine = join(await ensureBuilt(), "main", "cli.js");
  const served = execa(
    process.execPath,
    [commandLine, "serve", "--workspace", workspacePath, "--port", "0"],
    {
      all: true,
      reject: false,
      buffer: false,
    },
  );
  let printed = "";
  served.all.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  let ended = false;
  void served.then(() => {
    ended = true;
  });
  const link = await waitUntil("the console's link", () => {
    if (ended) throw new Error(`The console ended: ${printed}`);
    return /http:\/\/\S+/.exec(printed)?.[0];
  });
  return {
    link,
    async stop() {
      served.kill("SIGTERM");
      await served;
    },
  };
}
