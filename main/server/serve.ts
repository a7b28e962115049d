import { once } from "node:events";
import { join, resolve } from "node:path";
import { programVersion } from "../cli/version";
import { openConsole } from "../host/compose";
import { programRoot } from "../host/program-root";
import { readClaim } from "../host/workspace-claim";
import { systemClock } from "../system/clock";
import { AccessControl } from "./access";
import { parseServeArguments } from "./arguments";
import { startConsoleServer } from "./console-server";
import { requestLink } from "./request-link";

/**
 * `gatehouse serve --workspace DIR [--port N]`: serves the console to a browser on loopback, prints one line with a
 * link that works once, and stops at SIGINT, SIGTERM or SIGHUP after ending what the surfaces run. When the workspace is being
 * served already, prints a new link of that server instead.
 */
export async function runServe(argv: readonly string[]): Promise<number> {
  const { workspace, port } = parseServeArguments(argv);
  const path = resolve(workspace);
  const holder = await readClaim(path);
  if (holder?.kind === "server" && holder.server) {
    process.stdout.write(`Gatehouse already serves ${path} at ${await requestLink(holder.server)}\n`);
    return 0;
  }
  const asked = untilAsked();
  const access = new AccessControl();
  const opened = await openConsole({
    path,
    kind: "server",
    clock: systemClock,
    version: programVersion(),
    onProblem: (problem) => process.stderr.write(`${problem}\n`),
  });
  try {
    const server = await startConsoleServer({
      host: opened.host,
      access,
      rendererDirectory: join(programRoot(), "out", "renderer"),
      address: "127.0.0.1",
      port,
    });
    try {
      await opened.announceServer({ url: server.origin, bearer: access.bearer });
      process.stdout.write(`Gatehouse serves ${path} at ${server.issueLink()}\n`);
      await asked;
    } finally {
      await server.close();
    }
  } finally {
    await opened.close();
  }
  return 0;
}

/** Listens from this moment on: whoever reads the link may stop the server at once. Resolves at the first signal to stop. */
async function untilAsked(): Promise<void> {
  const stop = new AbortController();
  await Promise.race(
    (["SIGINT", "SIGTERM", "SIGHUP"] as const).map((signal) =>
      once(process, signal, { signal: stop.signal }),
    ),
  );
  stop.abort();
}
