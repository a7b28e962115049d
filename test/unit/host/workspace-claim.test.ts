import { mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import {
  claimFile,
  claimWorkspace,
  readClaim,
  WorkspaceClaimedError,
} from "../../../main/host/workspace-claim";
import { processStartTime } from "../../../main/system/process-identity";
import { temporaryFolder } from "../../support/temporary-folder";

describe("workspace claim", () => {
  it("belongs to one holder until it is released", async () => {
    const workspace = await temporaryFolder();
    const claim = await claimWorkspace(workspace, "server");
    const error = await claimWorkspace(workspace, "window").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WorkspaceClaimedError);
    expect(error).toMatchObject({ code: "conflict", holder: { pid: process.pid, kind: "server" } });
    await claim.release();
    expect(await readClaim(workspace)).toBeNull();
    await (await claimWorkspace(workspace, "window")).release();
    expect(await readdir(join(workspace, ".gatehouse"))).toEqual([]);
  });

  it("tells programs of the same user, and nobody else, where it is served", async () => {
    const workspace = await temporaryFolder();
    const claim = await claimWorkspace(workspace, "server");
    await claim.announceServer({ url: "http://127.0.0.1:1", bearer: "secret" });
    expect(await readClaim(workspace)).toMatchObject({
      server: { url: "http://127.0.0.1:1", bearer: "secret" },
    });
    expect((await stat(join(workspace, claimFile))).mode & 0o777).toBe(0o600);
    await claim.release();
    expect(await readClaim(workspace)).toBeNull();
  });

  it.each([
    ["of a process that was killed", async () => ({ pid: await pidOfKilledProcess(), startTime: "1" })],
    [
      "of a process whose number was given to another",
      () => ({ pid: process.pid, startTime: `1${processStartTime(process.pid)}` }),
    ],
  ])("does not count when it is %s", async (_case, holder) => {
    const workspace = await temporaryFolder();
    await mkdir(join(workspace, ".gatehouse"));
    const record = { schemaVersion: 1, ...(await holder()), kind: "server", server: null };
    await writeFile(join(workspace, claimFile), JSON.stringify(record));
    expect(await readClaim(workspace)).toBeNull();
    await (await claimWorkspace(workspace, "window")).release();
  });

  it.each(["", "{", "null", '{"pid":"x"}', "\0\0\0"])("replaces a file that says %j", async (text) => {
    const workspace = await temporaryFolder();
    await mkdir(join(workspace, ".gatehouse"));
    await writeFile(join(workspace, claimFile), text);
    const claim = await claimWorkspace(workspace, "window");
    expect(await readClaim(workspace)).toMatchObject({ pid: process.pid, kind: "window" });
    await claim.release();
  });

  it("goes to exactly one of many that ask at once over a stale one", async () => {
    const workspace = await temporaryFolder();
    await mkdir(join(workspace, ".gatehouse"));
    await writeFile(join(workspace, claimFile), "left over");
    const asked = await Promise.allSettled(
      Array.from({ length: 12 }, () => claimWorkspace(workspace, "window")),
    );
    expect(asked.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect(JSON.parse(await readFile(join(workspace, claimFile), "utf8"))).toMatchObject({
      pid: process.pid,
    });
  });
});

async function pidOfKilledProcess(): Promise<number> {
  const child = execa(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { reject: false });
  child.kill("SIGKILL");
  const { pid } = child;
  await child;
  return pid ?? 0;
}
