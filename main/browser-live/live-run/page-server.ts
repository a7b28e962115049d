import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { ContractError } from "#domain/contract-error";

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
};

/** The demo pages on loopback; `origin` has no slash at its end. */
export interface PageServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the files of one flat folder, read once, on a free loopback port. Anything else is 404. */
export async function servePages(folder: string): Promise<PageServer> {
  const pages = new Map<string, { readonly type: string; readonly content: Buffer }>();
  for (const name of await readdir(folder)) {
    const type = contentTypes[extname(name)];
    if (type !== undefined) pages.set(`/${name}`, { type, content: await readFile(join(folder, name)) });
  }
  const server = createServer((request, response) => {
    const page = pages.get((request.url ?? "").split("?", 1)[0] ?? "");
    const readable = request.method === "GET" || request.method === "HEAD";
    if (page === undefined || !readable) {
      response.writeHead(page === undefined ? 404 : 405, { "content-type": "text/plain" });
      response.end(page === undefined ? "no such page\n" : "only GET and HEAD\n");
      return;
    }
    response.writeHead(200, { "content-type": page.type, "cache-control": "no-store" });
    response.end(request.method === "HEAD" ? undefined : page.content);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new ContractError("the demo pages could not be given a loopback port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
