import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Handler = (response: ServerResponse) => void;

/** Pages that misbehave: `/hang` never answers, `/loop` never stops computing, `/broken` answers 500, others 404. */
export async function serveTestPages(
  extra: Readonly<Record<string, Handler>> = {},
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const pages: Readonly<Record<string, Handler>> = {
    "/good": (response) => response.end("<title>Good</title><button id=run>Run</button>"),
    "/hang": () => undefined,
    "/loop": (response) => {
      response.setHeader("content-type", "text/html");
      response.end("<title>Loop</title><script>for (;;);</script>");
    },
    "/broken": (response) => response.writeHead(500).end("broken"),
    ...extra,
  };
  const server: Server = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    const page = pages[request.url ?? ""];
    if (page === undefined) response.writeHead(404).end("none");
    else page(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
