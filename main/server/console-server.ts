import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { requestNames } from "#contract/names";
import type { ConsoleHost } from "../host/console-host";
import { securityHeaders } from "../host/content-security-policy";
import { failureOf } from "../host/dispatch";
import { failure } from "../host/failure";
import { readRendererFile } from "../host/renderer-files";
import type { AccessControl } from "./access";
import { streamEvents } from "./event-stream";
import { readJsonBody } from "./request-body";
import {
  loopbackAddresses,
  refuseForeign,
  refuseStranger,
  sessionCookieName,
  type LoopbackAddress,
} from "./request-guard";
import { sendEnvelope, sendText } from "./responses";

export interface ConsoleServerOptions {
  readonly host: ConsoleHost;
  readonly access: AccessControl;
  /** Folder of the built renderer; null for a console whose page is in a window: then programs alone are answered. */
  readonly rendererDirectory: string | null;
  readonly address: string;
  /** 0 for any free port. */
  readonly port: number;
}

export interface ConsoleServer {
  /** For example `http://127.0.0.1:43211`. */
  readonly origin: string;
  /** A link that opens the console in one browser, once. */
  issueLink(): string;
  /** Ends every open connection; clients that want to go on connect again. */
  dropConnections(): void;
  close(): Promise<void>;
}

/** The routes: one per request of the contract, the event stream, a new link for the command line, and the page's files. */
const requestRoutes: ReadonlyMap<string, string> = new Map(
  requestNames.map((name) => [`/api/${name}`, name]),
);

/**
 * Serves the console on loopback. Rejects for an address that other machines could reach, and when the port is taken.
 */
export async function startConsoleServer(options: ConsoleServerOptions): Promise<ConsoleServer> {
  if (!loopbackAddresses.includes(options.address as LoopbackAddress))
    throw new Error(
      `The console is served on ${loopbackAddresses.join(" or ")} only; ${options.address} can be reached from elsewhere.`,
    );
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const origin = `http://${options.address === "::1" ? "[::1]" : options.address}:${port}`;
  const issueLink = (): string => `${origin}/?token=${options.access.issueToken()}`;
  server.on("request", (request, response) => {
    answer({ ...options, port, issueLink }, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendEnvelope(response, failureOf(error));
    });
  });
  return {
    origin,
    issueLink,
    dropConnections: () => server.closeAllConnections(),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { address, port }: ConsoleServerOptions): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen({ host: address, port }, () => {
      server.off("error", fail);
      done();
    });
  });
}

interface Serving extends ConsoleServerOptions {
  readonly issueLink: () => string;
}

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  const method = request.method ?? "";
  const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
  const parameters = new URLSearchParams(query);
  const isApi = path.startsWith("/api/");

  const foreign = refuseForeign(method, request.headers, serving.port);
  const token = parameters.get("token");
  if (!foreign && method === "GET" && path === "/" && token !== null && serving.rendererDirectory !== null) {
    openSession(serving, token, response);
    return;
  }
  const refusal = foreign ?? refuseStranger(method, request.headers, serving.port, serving.access);
  if (refusal) {
    if (isApi) sendEnvelope(response, failure("unauthorized", refusal.message), refusal.status);
    else sendText(response, refusal.status, refusal.message);
    return;
  }
  if (isApi) await answerApi(serving, method, path, parameters, request, response);
  else await answerFile(serving, method, path, response);
}

/** Spends the token of a link for a session cookie, and shows the page without the token in its address. */
function openSession(serving: Serving, token: string, response: ServerResponse): void {
  const session = serving.access.exchange(token);
  if (session === null) {
    sendText(
      response,
      403,
      "This link has been used or was never given out. Run the command again for a new one.",
    );
    return;
  }
  response.writeHead(303, {
    "Set-Cookie": `${sessionCookieName(serving.port)}=${session}; HttpOnly; SameSite=Strict; Path=/`,
    Location: "/",
  });
  response.end();
}

async function answerApi(
  serving: Serving,
  method: string,
  path: string,
  parameters: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (path === "/api/events" && method === "GET") {
    streamEvents(serving.host, request, response, parameters.get("since"));
    return;
  }
  if (method !== "POST") {
    response.setHeader("Allow", path === "/api/events" ? "GET" : "POST");
    sendEnvelope(response, failure("invalid_request", `${path} is not answered for ${method}.`), 405);
    return;
  }
  const body = await readJsonBody(request);
  if (!body.ok) {
    // The rest of a body that is too large is not worth reading.
    if (body.status === 413) response.setHeader("Connection", "close");
    sendEnvelope(response, failure("invalid_request", body.message), body.status);
    return;
  }
  if (path === "/api/link") {
    if (serving.rendererDirectory === null) {
      sendEnvelope(
        response,
        failure("unsupported", "This console is in a window and has no page to link to."),
      );
      return;
    }
    sendEnvelope(response, { ok: true, value: { url: serving.issueLink() } });
    return;
  }
  // A route that is none is answered by the host, which says which there are.
  const name = requestRoutes.get(path) ?? decodeName(path.slice("/api/".length));
  sendEnvelope(response, await serving.host.dispatch(name, body.value));
}

function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function answerFile(
  serving: Serving,
  method: string,
  path: string,
  response: ServerResponse,
): Promise<void> {
  const { rendererDirectory } = serving;
  const file =
    rendererDirectory !== null && (method === "GET" || method === "HEAD")
      ? await readRendererFile(rendererDirectory, path)
      : null;
  if (!file) {
    sendText(response, 404, "There is no such page.");
    return;
  }
  response.writeHead(200, { "Content-Type": file.contentType, "Content-Length": file.body.length });
  response.end(method === "HEAD" ? undefined : file.body);
}
