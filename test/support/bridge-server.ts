import { join } from "node:path";
import type { Transport } from "#contract/transport";
import { openConsole } from "../../main/host/compose";
import { AccessControl } from "../../main/server/access";
import { startConsoleServer, type ConsoleServer } from "../../main/server/console-server";
import { systemClock } from "../../main/system/clock";
import { createHttpTransport } from "../../renderer/src/bridge/http-transport";
import { NodeEventSource } from "./node-event-source";
import { projectRoot } from "../../resources/setup/project.mjs";

/** A console served on a free port, in this process, and the page's own transport to it. */
export interface BridgeServer {
  readonly server: ConsoleServer;
  readonly access: AccessControl;
  readonly transport: Transport;
  /** What went wrong with a surface, as it would be printed. */
  readonly problems: readonly string[];
  breakConnections(): void;
  close(): Promise<void>;
}

export async function startBridgeServer(workspacePath: string): Promise<BridgeServer> {
  const problems: string[] = [];
  const opened = await openConsole({
    path: workspacePath,
    kind: "server",
    clock: systemClock,
    version: "test",
    onProblem: (problem) => problems.push(problem),
  });
  const access = new AccessControl();
  const server = await startConsoleServer({
    host: opened.host,
    access,
    rendererDirectory: join(projectRoot, "out", "renderer"),
    address: "127.0.0.1",
    port: 0,
  });
  const authorization = { Authorization: `Bearer ${access.bearer}` };
  const sources = new Set<NodeEventSource>();
  const transport = createHttpTransport({
    origin: server.origin,
    fetch(url, init) {
      const headers = new Headers(init?.headers);
      headers.set("Authorization", authorization.Authorization);
      return fetch(url, { ...init, headers });
    },
    EventSource: class extends NodeEventSource {
      constructor(url: string) {
        super(url, authorization);
        sources.add(this);
      }
    },
  });
  return {
    server,
    access,
    transport,
    problems,
    breakConnections: () => {
      for (const source of sources) source.breakConnection();
    },
    async close() {
      for (const source of sources) source.close();
      await server.close();
      await opened.close();
    },
  };
}
