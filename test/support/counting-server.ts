import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A stranger on the network: a server that notes which of its paths were asked for. */
export interface CountingServer {
  readonly origin: string;
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Serves the given pages; `/redirect` leads to `/redirected`. */
export async function startCountingServer(pages: Readonly<Record<string, string>>): Promise<CountingServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    if (path === "/redirect") response.writeHead(302, { Location: "/redirected" }).end();
    else response.writeHead(200, { "Content-Type": "text/html" }).end(pages[path] ?? "<p>stranger</p>");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
