import { protocol, type Session } from "electron";
import { securityHeaders } from "../host/content-security-policy";
import { readRendererFile } from "../host/renderer-files";
import { consoleScheme, isConsoleUrl } from "./console-location";

/** Declares the scheme. Must run once, before the application is ready. */
export function registerConsoleScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: consoleScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Answers the scheme's requests with files of the built renderer, and nothing else. */
export function serveConsoleScheme(session: Session, rendererDirectory: string): void {
  session.protocol.handle(consoleScheme, async (request) => {
    const file =
      request.method === "GET" && isConsoleUrl(request.url)
        ? await readRendererFile(rendererDirectory, new URL(request.url).pathname)
        : null;
    const headers = new Headers(securityHeaders);
    headers.set("Content-Type", file?.contentType ?? "text/plain; charset=utf-8");
    return file
      ? new Response(new Uint8Array(file.body), { headers })
      : new Response("There is no such page.\n", { status: 404, headers });
  });
}
