import { stat } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readClaim } from "../../../main/host/workspace-claim";
import { createBridgeWorkspace, type BridgeWorkspace } from "../../support/bridge-workspace";
import { ensureBuilt } from "../../support/build";
import { waitMs } from "../../support/limits";
import { waitUntil } from "../../support/wait-until";

function start(cli: string, args: readonly string[]) {
  return execa(process.execPath, [cli, "serve", ...args], { reject: false, timeout: waitMs });
}
type Server = ReturnType<typeof start>;

describe("gatehouse serve", () => {
  let workspace: BridgeWorkspace;
  let started: Server[] = [];

  beforeEach(async () => {
    workspace = await createBridgeWorkspace();
  });
  afterEach(async () => {
    for (const process of started) process.kill("SIGKILL");
    await Promise.all(started);
    started = [];
    await workspace.remove();
  });

  // Not the process itself: a promise of it would be a promise of its end.
  const serve = async (...args: string[]): Promise<{ running: Server }> => {
    const running = start(join(await ensureBuilt(), "main", "cli.js"), args);
    started.push(running);
    return { running };
  };
  const printed = async ({ running }: { running: Server }): Promise<string> => {
    let text = "";
    running.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
    await waitUntil("a line", () => text.includes("\n"));
    return text;
  };

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "prints one line with a link and ends cleanly at %s",
    async (signal) => {
      const server = await serve("--workspace", workspace.path);
      const line = await printed(server);
      expect(line).toMatch(/^Gatehouse serves \S+ at http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}\n$/);
      const link = line.trim().split(" ").at(-1) ?? "";
      expect((await fetch(link, { redirect: "manual" })).status).toBe(303);
      expect((await fetch(link, { redirect: "manual" })).status).toBe(403);
      server.running.kill(signal);
      const { exitCode, stderr } = await server.running;
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(await readClaim(workspace.path)).toBeNull();
      await expect(stat(join(workspace.path, ".gatehouse/host.json"))).rejects.toThrow(/ENOENT/);
    },
  );

  it("prints a new link of the server that has the workspace already", async () => {
    const first = await printed(await serve("--workspace", workspace.path));
    const { stdout, exitCode } = await (await serve("--workspace", workspace.path)).running;
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Gatehouse already serves \S+ at http/);
    const [one, two] = [first.trim(), stdout].map((line) => new URL(line.split(" ").at(-1) ?? ""));
    expect([two?.host, two?.search === one?.search]).toEqual([one?.host, false]);
    expect((await fetch(String(two), { redirect: "manual" })).status).toBe(303);
    expect((await fetch(String(one), { redirect: "manual" })).status).toBe(303);
  });

  it("takes over the workspace of a server that was killed", async () => {
    const killed = await serve("--workspace", workspace.path);
    await printed(killed);
    killed.running.kill("SIGKILL");
    await killed.running;
    expect(await printed(await serve("--workspace", workspace.path))).toMatch(/^Gatehouse serves/);
  });

  it.each([
    [[], 2, /--workspace DIR/],
    [["--workspace", ".", "--port", "70000"], 2, /--port 70000: expected a number/],
    [["--workspace", ".", "--port", "http"], 2, /--port http: expected a number/],
    [["--workspace", ".", "--verbose"], 2, /--verbose/],
    [["--workspace", "/nowhere/at/all"], 1, /\/nowhere\/at\/all.*existing folder/],
  ] as const)("says what is wrong with %j", async (args, exitCode, message) => {
    const result = await (await serve(...args)).running;
    expect([result.exitCode, result.stdout]).toEqual([exitCode, ""]);
    expect(result.stderr).toMatch(message);
  });

  it("says which port is taken", async () => {
    const line = await printed(await serve("--workspace", workspace.path));
    const port = new URL(line.trim().split(" ").at(-1) ?? "").port;
    const other = await createBridgeWorkspace();
    const { exitCode, stderr } = await (await serve("--workspace", other.path, "--port", port)).running;
    await other.remove();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(new RegExp(`127\\.0\\.0\\.1:${port}`));
  });
});
