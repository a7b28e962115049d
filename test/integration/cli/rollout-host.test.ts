import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, expect, test } from "vitest";
import { processStartTime } from "../../../main/system/process-identity";
import { ensureBuilt } from "../../support/build";
import { waitUntil } from "../../support/wait-until";
import { CommandedRollout, outcomeOf } from "./commanded-rollout";

const start = (cli: string, workspace: string) =>
  execa(process.execPath, [cli, "serve", "--workspace", workspace], { reject: false });
const servers: ReturnType<typeof start>[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.kill("SIGTERM");
    await server;
  }
});

/** A console that has the workspace open, in a process of its own; its process id. */
async function serve(rollout: CommandedRollout): Promise<number> {
  const cli = join(await ensureBuilt(), "main", "cli.js");
  const server = start(cli, rollout.workspace.path);
  servers.push(server);
  let printed = "";
  server.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  await waitUntil("the server's link", () => printed.includes("/?token="));
  const { pid } = server;
  if (pid === undefined) throw new Error("the server has no process");
  return pid;
}

/** Says in the workspace that this very process has it open and is to be asked at `url`. */
async function claim(rollout: CommandedRollout, kind: string, url: string | null): Promise<void> {
  const record = {
    schemaVersion: 1,
    pid: process.pid,
    startTime: processStartTime(process.pid),
    kind,
    server: url === null ? null : { url, bearer: "secret" },
  };
  await rollout.workspace.write(".gatehouse/host.json", JSON.stringify(record));
}

test("a console that has the workspace open is asked, and refuses as it would in the window", async () => {
  const rollout = await CommandedRollout.make();
  const pid = await serve(rollout);
  const started = await rollout.run("start", "--profile", "quick", "--reason", "release 2.8");
  expect(started).toMatchObject({ exitCode: 0, stderr: "" });
  const status = await rollout.run("status");
  expect(status.stdout).toContain(`the server of process ${pid}`);
  const claimed = JSON.parse(await rollout.read(".gatehouse/host.json")) as { pid: number };
  expect(claimed.pid).toBe(pid);

  const { view } = await rollout.status();
  expect(view.nextCheckUnixMs).not.toBeNull();
  const stale = await rollout.run("pause", "--reason", "x", "--revision", String(view.revision + 100));
  expect(stale).toMatchObject({ exitCode: 4, stdout: "" });
  expect(stale.stderr).toMatch(/^refused \(state-changed\): /);
  const paused = await rollout.run("pause", "--reason", "lunch", "--json");
  expect(outcomeOf(paused)).toMatchObject({ outcome: "done", rollout: { paused: { reason: "lunch" } } });
  const promote = await rollout.run("promote", "--reason", "hurry");
  expect(promote.exitCode).toBe(3);
  expect(promote.stderr).toMatch(/^refused \(paused\): /);
  expect((await rollout.run("timeline")).stdout).toMatch(/paused by \S+: lunch/);
  expect((await rollout.run("history")).stdout).toMatch(/1 of 1\n$/);
  expect((await rollout.run("status", "--rollout", "nope")).exitCode).toBe(1);
});

test("what a console began goes on by hand once it is gone, and the other way round", async () => {
  const rollout = await CommandedRollout.make();
  const pid = await serve(rollout);
  await rollout.start();
  process.kill(pid, "SIGKILL");
  await Promise.all(servers.splice(0));
  expect((await rollout.run("status")).stdout).toContain("nobody: no console has the workspace open");
  await rollout.promote();
  expect((await rollout.status()).view).toMatchObject({ status: "canary-1", nextCheckUnixMs: null });
  await serve(rollout);
  expect((await rollout.status()).view).toMatchObject({ status: "canary-1" });
});

test.each([
  ["refuses connections", () => "http://127.0.0.1:1"],
  [
    "answers with something else",
    async () => {
      const server = createServer((_, response) => response.end("hello"));
      await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
      closers.push(() => server.close());
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
  ],
])("a console that %s leaves the command line with reading, and it says so", async (_, open) => {
  const rollout = await CommandedRollout.make();
  await rollout.start();
  await claim(rollout, "window", await open());
  const { view } = await rollout.status();
  const paused = await rollout.run("pause", "--reason", "x");
  expect(paused.exitCode).toBe(4);
  expect(paused.stderr).toMatch(/^refused \(read-only\): .*\n {2}The console at http.* does not answer/);
  const outcome = outcomeOf(await rollout.run("check", "--json"));
  expect(outcome).toMatchObject({ refusal: { code: "read-only" }, rollout: { revision: view.revision } });
  expect((await rollout.run("status")).stdout).toContain("disk; The console at");
  for (const close of closers.splice(0)) close();
});

const closers: (() => void)[] = [];
