import type { OpenedConsole } from "../host/compose";
import { AccessControl } from "./access";
import { startConsoleServer } from "./console-server";

/**
 * Lets the command line of the same user reach a console that is in a window: the bridge's requests on loopback, for the
 * bearer in the workspace's claim and nobody else; no page and no links. Gives the console whose `close` ends that, too.
 * A machine on which it cannot be served keeps its window; `onProblem` is told.
 */
export async function serveCommandLine(
  opened: OpenedConsole,
  onProblem: (problem: string) => unknown,
): Promise<OpenedConsole> {
  try {
    const access = new AccessControl();
    const server = await startConsoleServer({
      host: opened.host,
      access,
      rendererDirectory: null,
      address: "127.0.0.1",
      port: 0,
    });
    await opened.announceServer({ url: server.origin, bearer: access.bearer });
    return {
      ...opened,
      async close() {
        await server.close();
        await opened.close();
      },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onProblem(`The command line cannot reach this window: ${reason}`);
    return opened;
  }
}
